"""A simulated programme, written as the exports of real tools."""
