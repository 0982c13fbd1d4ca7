"""A simulated programme, written as the exports of real tools.

The seed and simulation.yml decide everything: what is true of everyone who could answer (``census``,
``truth``), who of them answers (``replies``), and what is sent when (``deliveries``).
"""

from lcmonitor.demo.deliveries import prepare, send, write

__all__ = ["prepare", "send", "write"]
