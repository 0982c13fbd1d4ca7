"""A receipt with everything in it that a receipt can have."""

from lcmonitor.errors import Message
from lcmonitor.intake.receipt import Balance, ColumnUse, Finding, Receipt, SetAside

RECEIPT = Receipt(
    file="export <b>.csv",
    sha256="ab" * 32,
    tool="limesurvey",
    community="delta",
    form="participant",
    waves=("w1", "w2"),
    verdict="remarks",
    balance=Balance(rows=12, new=7, updated=2, unchanged=1, set_aside=2),
    set_aside=(SetAside(4, "LCM-999"), SetAside(9, "LCM-999")),
    findings=(
        Finding(
            Message("LCM-201", "column ‘<i>x’", {}), "note", column="<i>x", rows=tuple(range(2, 40)), count=38
        ),
        Finding(Message("LCM-208", "the file", {}), "error"),
    ),
    columns=ColumnUse({"C1_1": "C1_1", "Vertrouwen?": "C1_2"}, ("Tijdstempel",), ("E-mailadres",)),
)
