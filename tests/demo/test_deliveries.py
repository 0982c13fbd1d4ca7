"""What the simulated programme sends: the same bytes each time, and its bad days."""

import csv
from collections import Counter
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path

import openpyxl
import pytest

from lcmonitor import demo
from lcmonitor.demo.deliveries import deliveries
from lcmonitor.demo.evidence import periods
from lcmonitor.demo.plan import Plan
from lcmonitor.errors import UsageError
from lcmonitor.programme.load import Setup, load_workspace


def contents(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def limesurvey(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def qualtrics(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))[2:]


def test_the_same_seed_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    demo.write(tmp_path / "again")
    assert contents(tmp_path / "again") == contents(written)
    demo.write(tmp_path / "again")  # and over itself
    assert contents(tmp_path / "again") == contents(written)


def test_the_workspace_has_nothing_wrong_and_says_that_it_is_simulated(written: Path) -> None:
    assert load_workspace(written).programme.simulated
    assert all("simulated" in path.name for path in written.glob("inbox/*/*"))
    assert all("simulated" in path.name for path in written.glob("correction/*/*"))


def test_seven_tools_send_every_form_of_every_wave(setup: Setup, plan: Plan) -> None:
    sent = deliveries(setup, plan)
    assert len({delivery.tool for delivery in sent}) == 7
    # 7 communities × 4 waves × 2 forms, less a wave that was not sent, and three exports sent again.
    # And the form about the other organisations: of two communities twice, of one once.
    by_wave = [delivery for delivery in sent if delivery.wave]
    assert len(by_wave) == 56 - 2 + 3 + 5
    # And two forms that stay open, of every community.
    whole = [(delivery.community, delivery.form) for delivery in sent if not delivery.wave]
    assert set(whole) == set(product(setup.communities, ("coordinator", "evidence")))
    assert len(whole) == 14


def test_a_form_that_stays_open_is_exported_with_all_waves_counted_on(written: Path) -> None:
    rows = limesurvey(written / "inbox" / "warmte-oost" / "coordinator-simulated.csv")
    assert [row["id"] for row in rows] == [str(n) for n in range(1, 9)]  # two who keep it going, four waves
    months = [row["submitdate"][:7] for row in rows]
    assert months == sorted(months)
    assert len({month[:4] + ("a" if month[5:] < "08" else "b") for month in months}) == 4
    english = [row["ResponseId"] for row in qualtrics(written / "inbox/zorg-noord/coordinator-simulated.csv")]
    assert len(set(english)) == len(english) == 4 * (3 + 1)  # three, and the maker who tried it out


def test_a_record_that_goes_further_comes_in_again_under_its_number(setup: Setup, plan: Plan) -> None:
    told: dict[tuple[str, str], list[tuple[int, ...]]] = {}
    for period in periods(setup, plan):
        for reply in period.replies:
            assert reply.submitted is not None
            assert reply.submitted.date() <= period.wave.closes
            code = reply.values["E_grade"], reply.values["E_status"]
            stands = tuple(int(str(each)) for each in code)
            told.setdefault((period.community.id, str(reply.values["E_number"])), []).append(stands)
    assert any(len(each) > 1 for each in told.values())
    assert all(later > earlier for each in told.values() for earlier, later in pairwise(each))
    assert len(told) == sum(sum(simulated.records) for simulated in plan.communities.values())


def test_organisations_are_asked_about_each_other_in_arrays_of_limesurvey(written: Path) -> None:
    """Haven-keten had nine partners in the spring of 2025; of these seven answered, none about itself."""
    codes = limesurvey(written / "inbox" / "warmte-oost" / "network-2025-1-simulated.csv")
    assert [name for name in codes[0] if name.startswith("contact")] == [
        f"contact[P0{n}]" for n in range(1, 9)
    ]
    full = limesurvey(written / "inbox" / "haven-keten" / "network-2025-1-simulated.csv")
    heads = [name for name in full[0] if name.startswith("contact[")]
    assert (len(heads), heads[1][:13], heads[1][-15:]) == (9, "contact[P02].", "[Terminal West]")
    names = {head.rpartition("[")[2].rstrip("]"): head for head in heads}
    asked = next(name for name in full[0] if name.startswith("PARTNER"))
    assert len(full) == 7
    assert all(row[names[row[asked]]] == "" for row in full)
    assert {row[head] for row in full for head in heads} <= {
        "", "geen contact", "ongeveer elk jaar", "ongeveer elk kwartaal", "ongeveer elke maand",
        "ongeveer elke week of vaker",
    }  # fmt: skip


def test_files_are_as_old_as_their_delivery(written: Path, setup: Setup, plan: Plan) -> None:
    sent = deliveries(setup, plan)
    folders = ["correction" if each.later else "inbox" for each in sent]
    paths = [written / at / each.community / each.name for at, each in zip(folders, sent, strict=True)]
    times = [path.stat().st_mtime for path in paths]
    assert times == sorted(set(times))


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "programme.yml").write_text("id: real")
    with pytest.raises(UsageError) as error:
        demo.write(tmp_path)
    assert [message.code for message in error.value.messages] == ["LCM-363"]
    assert [path.name for path in tmp_path.iterdir()] == ["programme.yml"]


def test_a_baseline_was_never_sent(written: Path) -> None:
    inbox = written / "inbox" / "kringloop-zuid"
    assert not list(inbox.glob("*2024-2*"))
    for form in ("coordinator", "evidence"):
        page = openpyxl.load_workbook(inbox / f"{form}-simulated.xlsx")["Sheet1"]
        (sent,) = page.iter_cols(min_row=2, min_col=3, max_col=3, values_only=True)
        assert len(sent) > 2
        assert min(map(str, sent)) > "2024-12"  # when that wave had closed


def test_a_small_group_is_once_below_every_threshold(written: Path) -> None:
    path = written / "inbox" / "waterstof-werkplaats" / "participant-2025-1-simulated.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert 0 < len(rows) - 1 < 5


def test_one_partner_sends_more_than_half_of_the_answers(written: Path) -> None:
    for path in (written / "inbox" / "thuiszorgtechniek").glob("participant-*"):
        rows = list(csv.DictReader(path.read_text(encoding="cp1252").splitlines(), delimiter=";"))
        most = Counter(row["PARTNER"] for row in rows).most_common(1)[0]
        assert most[0] == "Valleizorg"
        assert most[1] / len(rows) > 0.5


def test_a_miscoded_export_counts_from_zero_and_comes_again_with_the_same_answers(written: Path) -> None:
    inbox = written / "inbox" / "warmte-oost"
    wrong = limesurvey(inbox / "participant-2025-2-simulated.csv")
    right = limesurvey(inbox / "participant-2025-2-recoded-simulated.csv")
    questions = list(wrong[0])[list(wrong[0]).index("PARTNER") + 1 :]
    items = [name for name in questions if not name.startswith("P3")]  # points are not codes
    assert items
    assert {row[item] for row in wrong for item in items} <= {"", "0", "1", "2", "3", "4", "9"}
    zeros = [sum(row[item] == "0" for row in wrong) / len(wrong) for item in items]
    assert sum(share > 0.05 for share in zeros) >= 3  # a code on no scale, too often to be an accident
    for before, after in zip(wrong, right, strict=True):
        assert before["id"] == after["id"]
        for item in items:
            moved = after[item] not in ("", "9")
            assert after[item] == (str(int(before[item]) + 1) if moved else before[item])


def test_a_corrected_export_changes_three_responses_and_adds_two(written: Path) -> None:
    inbox = written / "inbox" / "zorg-noord"
    first = {row["ResponseId"]: row for row in qualtrics(inbox / "participant-2025-2-simulated.csv")}
    second = {
        row["ResponseId"]: row for row in qualtrics(inbox / "participant-2025-2-corrected-simulated.csv")
    }
    assert set(first) < set(second)
    assert len(second) - len(first) == 2
    changed = {id_: [name for name in row if second[id_][name] != row[name]] for id_, row in first.items()}
    assert sorted(len(names) for names in changed.values() if names) == [2, 2, 2]


def test_one_correction_waits_for_an_edition_that_was_approved(written: Path) -> None:
    """Of eight people, so that disclosure control lets it be published; how to try it is told beside it."""
    (later,) = (path for path in written.glob("correction/*/*"))
    first = limesurvey(written / "inbox" / "stadslogistiek" / "participant-2026-1-simulated.csv")
    second = limesurvey(later)
    assert sum(row != before for row, before in zip(second, first, strict=True)) == 8
    assert "cp -r correction/stadslogistiek inbox/" in (written / "correction" / "README.md").read_text()
