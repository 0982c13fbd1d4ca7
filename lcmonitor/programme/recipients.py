"""Whether those who get mail can be given what programme.yml promises them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from lcmonitor.documents import Document, Location
from lcmonitor.errors import Message
from lcmonitor.programme.model import Programme

PROGRAMME, QUALITY = "programme", "quality"  # the reports that are about all communities


def of_recipients(document: Document, programme: Programme, reports: Iterable[str]) -> Iterator[Message]:
    """``reports``: the names of reports that there are beside those about all communities."""
    known = (PROGRAMME, QUALITY, *reports)
    if programme.recipients and not programme.mail:
        yield document.message("LCM-395", ("recipients",), key="recipients", needs="mail:")
    twice = Counter(mail.casefold() for group in programme.recipients for mail in group.addresses)
    for index, group in enumerate(programme.recipients):
        at: Location = ("recipients", index)
        if group.send == "link" and not programme.address:
            yield document.message("LCM-395", (*at, "send"), key="send: link", needs="address:")
        if group.language not in programme.languages:
            allowed = ", ".join(programme.languages)
            yield document.message("LCM-307", (*at, "language"), key="language", allowed=allowed)
        for nth, name in enumerate(group.reports):
            if name not in known:
                yield document.message(
                    "LCM-307", (*at, "reports", nth), key="reports", allowed=", ".join(known)
                )
        for nth, mail in enumerate(group.addresses):
            if twice[mail.casefold()] > 1:
                yield document.message("LCM-396", (*at, "addresses", nth), key="addresses")
