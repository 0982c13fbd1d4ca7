"""From an export and a codebook to checked responses, with a receipt that accounts for every row."""

from lcmonitor.intake.conclude import refusal
from lcmonitor.intake.delivery import Delivery, Examined
from lcmonitor.intake.examine import examine
from lcmonitor.intake.receipt import receipt_from_json, receipt_json

__all__ = ["Delivery", "Examined", "examine", "receipt_from_json", "receipt_json", "refusal"]
