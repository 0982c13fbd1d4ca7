"""Where the shipped content lies: in a wheel inside the package, in a checkout beside it."""

from pathlib import Path

PACKAGE = Path(__file__).parent
_ROOT = PACKAGE / "_data" if (PACKAGE / "_data").is_dir() else PACKAGE.parent

FLOWS = _ROOT / "flows"
SURVEYS = _ROOT / "surveys"
REPORTS = _ROOT / "reports"
