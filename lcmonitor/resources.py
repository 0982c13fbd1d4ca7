"""Where the shipped content lies: in a wheel inside the package, in a checkout beside it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent

FLOWS = _ROOT / "flows"
SURVEYS = _ROOT / "surveys"
REPORTS = _ROOT / "reports"
