"""Released figures -> pages and data files. The only way in is a ReleasedTable."""

from lcmonitor.reporting.edition import Edition, plan, publish
from lcmonitor.reporting.editions_page import write_editions
from lcmonitor.reporting.making import prepare
from lcmonitor.reporting.members_page import members_page
from lcmonitor.reporting.office_page import office_pages
from lcmonitor.reporting.receipt_page import receipt_page
from lcmonitor.reporting.shelf import latest

__all__ = [
    "Edition", "latest", "members_page", "office_pages", "plan", "prepare", "publish", "receipt_page",
    "write_editions",
]  # fmt: skip
