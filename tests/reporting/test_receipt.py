"""The page that a project lead gets back for a file."""

import re

from lcmonitor.programme.load import Setup
from lcmonitor.reporting import receipt_page
from tests.reporting.receipts import RECEIPT


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("</style>")[1]).split())


def test_the_verdict_comes_first_in_both_languages(setup: Setup) -> None:
    text = _text(receipt_page(RECEIPT, setup))
    dutch, english = (
        "Het bestand is verwerkt. Er zijn opmerkingen.",
        "The file was processed. There are remarks.",
    )
    assert text.index(dutch) < text.index("Waar elke rij bleef") < text.index(english)


def test_the_balance_is_an_equation(setup: Setup) -> None:
    assert "12 rijen in het bestand = 7 nieuw + 2 gewijzigd + 1 ongewijzigd + 2 apart gezet" in _text(
        receipt_page(RECEIPT, setup)
    )


def test_what_refuses_a_file_comes_before_what_is_good_to_know(setup: Setup) -> None:
    text = _text(receipt_page(RECEIPT, setup))
    assert text.index("LCM-208") < text.index("LCM-201")
    assert "Geen enkele kolom hoort bij een vraag van het instrument." in text


def test_many_rows_are_named_up_to_twenty_and_then_counted(setup: Setup) -> None:
    text = _text(receipt_page(RECEIPT, setup))
    assert re.search(r"Rijen 2, 3, .*, 21 en nog 18", text)
    assert "Rijen 4, 9" in text


def test_every_column_says_what_was_done_with_it(setup: Setup) -> None:
    text = _text(receipt_page(RECEIPT, setup))
    assert "Gebruikt C1_1; Vertrouwen? → C1_2" in text
    assert "Niet gebruikt Tijdstempel" in text
    assert "Weggegooid omdat het persoonsgegevens zijn E-mailadres" in text


def test_a_file_name_and_a_heading_never_become_markup(setup: Setup) -> None:
    page = receipt_page(RECEIPT, setup)
    assert "export &lt;b&gt;.csv" in page
    assert "<i>x" not in page


def test_the_same_receipt_is_the_same_page(setup: Setup) -> None:
    assert receipt_page(RECEIPT, setup) == receipt_page(RECEIPT, setup)
