"""What goes wrong between the answers and the export."""

from dataclasses import replace

from lcmonitor.demo.chance import stream
from lcmonitor.demo.plan import Event
from lcmonitor.demo.writers.sheet import Reply, Sheet, Value


def from_zero(sheet: Sheet) -> Sheet:
    """The same answers with every scale counted from 0; codes for a missing answer stay."""
    return replace(sheet, replies=tuple(_shifted(sheet, reply) for reply in sheet.replies))


def before_correction(sheet: Sheet, event: Event, seed: int) -> Sheet:
    """What was sent at first: a few answers typed in wrongly, the last responses not in yet."""
    done = [reply for reply in sheet.replies if reply.submitted and not reply.test and len(reply.values) > 1]
    in_time = len(done) - event.late
    chance = stream(seed, "correction", event.community, event.wave)
    wrong = {done[index].token for index in chance.choice(in_time, event.changed, replace=False)}
    late = {reply.token for reply in done[in_time:]}
    kept = [reply for reply in sheet.replies if reply.token not in late]
    typed = (_mistyped(sheet, reply) if reply.token in wrong else reply for reply in kept)
    return replace(sheet, replies=tuple(typed))


def _shifted(sheet: Sheet, reply: Reply) -> Reply:
    def shifted(item: str, value: Value) -> Value:
        code = _answer_code(sheet, item, value)
        return value if code is None else code - _low_and_high(sheet, item)[0]

    return replace(reply, values={item: shifted(item, value) for item, value in reply.values.items()})


def _mistyped(sheet: Sheet, reply: Reply) -> Reply:
    """The first two answers that have an opposite are turned into it."""
    turned: dict[str, Value] = {}
    for item, value in reply.values.items():
        code = _answer_code(sheet, item, value)
        if code is not None and (opposite := sum(_low_and_high(sheet, item)) - code) != code:
            turned[item] = opposite
    return replace(reply, values={**reply.values, **dict(list(turned.items())[:2])})


def _answer_code(sheet: Sheet, item: str, value: Value) -> int | None:
    """The value, if it is an answer on a scale."""
    scale = sheet.scale(item) if sheet.type(item) == "scale" else None
    return value if scale and isinstance(value, int) and value in scale.codes else None


def _low_and_high(sheet: Sheet, item: str) -> tuple[int, int]:
    scale = sheet.scale(item)
    assert scale
    return scale.low, scale.high
