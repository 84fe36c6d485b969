"""What a scanned text names: labels that are on boxes and tools already go on working; what is doubtful is asked."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.fakes import HandClock
from tests.unit.services.conftest import PIN
from tests.unit.services.test_tools import operate
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.errors import BadInput, NotFound
from toolroom_desktop.domain.marks import Named, write_mark
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.scanning import Scanning, kind_said, plain_of


@pytest.fixture
def scanning(station: Records) -> Scanning:
    return station.scanning


def kinds(scanning: Scanning, text: str) -> list[str]:
    return [meaning.kind.value for meaning in scanning.meanings(text)]


def add_tool(station: Records, marking: str = "", serial: str = "", *, kit: str = "", unit: int = 0) -> Tool:
    tool = Tool("pliers", kit, unit, marking=marking, serial_number=serial)
    return station.tools.add(tool, actor_badge=None)


@pytest.mark.parametrize("scanned", ["K-1", "k-1", " K-1 ", "CODE-1", "TR:K:K-1", "tr:k:code-1"])
def test_a_kit_is_named_by_its_number_by_its_code_and_by_either_with_a_prefix(scanning: Scanning, scanned: str) -> None:
    (kit,) = scanning.meanings(scanned)
    assert (kit.kind, kit.subject, kit.holder) == (Named.KIT, "K-1", "")
    assert kit.toolkit is not None


def test_a_tool_is_named_by_marking_serial_number_or_id(station: Records, scanning: Scanning) -> None:
    tool = add_tool(station, "П-417", "SN-9")
    for scanned in ("П-417", "п-417", "SN-9", str(tool.tool_id), write_mark(Named.TOOL, "П-417")):
        (found,) = scanning.meanings(scanned)
        assert (found.kind, found.subject, found.name) == (Named.TOOL, str(tool.tool_id), "П-417")


def test_a_marking_comes_before_serial_numbers_and_those_that_several_share_are_all_found(
    station: Records, scanning: Scanning
) -> None:
    marked, other = add_tool(station, "A-1000", "X"), add_tool(station, "B-1000", "A-1000")
    third = add_tool(station, "C-1000", "X")
    assert [one.subject for one in scanning.meanings("A-1000")] == [str(marked.tool_id)]
    assert {one.subject for one in scanning.meanings("x")} == {str(marked.tool_id), str(third.tool_id)}
    assert [one.subject for one in scanning.meanings(str(other.tool_id))] == [str(other.tool_id)]


@pytest.mark.usefixtures("qapp")  # a report is set and painted
def test_badges_cases_operations_and_reports_are_found_too(station: Records, scanning: Scanning) -> None:
    report = MissingReport(kit="K-1", tool_class="brace", unit=1, text="Не нашли в ящике")
    case = station.cases.open_by_hand(badge="L-1", report=report)
    made = station.case_reports.report(badge="Q-1", number=case.number, language="ru", say=lambda code, **_: code)
    assert [(one.subject, one.name) for one in scanning.meanings("t-1")] == [("T-1", "Иванов И. И.")]
    assert [one.subject for one in scanning.meanings(case.number.lower())] == [case.number]
    (found,) = scanning.meanings(write_mark(Named.REPORT, str(made.report_id)))
    assert (found.kind, found.name, found.report) == (Named.REPORT, case.number, made.data_sha256)
    assert kinds(scanning, str(uuid4())) == []


def test_a_label_that_says_what_it_names_means_nothing_else(station: Records, scanning: Scanning) -> None:
    add_tool(station, "K-1")
    assert kinds(scanning, "K-1") == ["kit", "tool"]
    assert kinds(scanning, "TR:T:K-1") == ["tool"]
    assert kinds(scanning, "TR:B:K-1") == []
    assert [one.kind for one in scanning.meanings("K-1", (Named.TOOL,))] == [Named.TOOL]


def test_one_meaning_is_given_several_are_asked_about_and_none_is_a_sentence(
    station: Records, scanning: Scanning
) -> None:
    add_tool(station, "K-1")
    assert scanning.one("TR:K:K-1").subject == "K-1"
    with pytest.raises(BadInput) as doubtful:
        scanning.one("K-1")
    assert doubtful.value.code == "scan.ambiguous"
    with pytest.raises(NotFound) as unknown:
        scanning.one(" TR:K:Нет такого ")
    assert (unknown.value.code, unknown.value.details) == ("scan.unknown", {"code": "Нет такого"})
    assert scanning.meanings("  ") == ()


def test_a_kit_that_is_out_tells_who_has_it(station: Records, scanning: Scanning, clock: HandClock) -> None:
    clock.advance(60)
    operate(station, OperationType.CHECKOUT, "K-2")
    (kit,) = scanning.meanings("K-2")
    assert (kit.holder, kit.holder_badge) == ("Иванов И. И.", "T-1")


# --- what labels say


def test_a_label_is_as_short_as_it_may_be(station: Records, scanning: Scanning) -> None:
    station.catalogue.take_in([], [Kit("4711-A", "T"), Kit("7", "T"), Kit("К-9000", "T")], actor_badge=None)
    texts = scanning.label_texts(Named.KIT, ["4711-A", "7", "К-9000", "CODE-1"])
    assert texts == ["4711-A", "TR:K:7", "TR:K:%D0%9A-9000", "CODE-1"]
    for text, number in zip(texts, ["4711-A", "7", "К-9000", "K-1"], strict=True):
        assert [one.subject for one in scanning.meanings(text)] == [number]


def test_equal_names_are_told_apart_by_their_labels(station: Records, scanning: Scanning) -> None:
    station.catalogue.take_in([], [Kit("1000", "T"), Kit("2000", "T", "3000")], actor_badge=None)
    tool = add_tool(station, "1000", "5000")
    add_tool(station, "3000")
    station.accounts.add_person(badge="5000", name="Петров", role=Role.TECHNICIAN, pin=PIN, actor_badge=None)
    assert scanning.label_texts(Named.KIT, ["1000", "2000", "3000"]) == ["TR:K:1000", "2000", "TR:K:3000"]
    assert scanning.label_texts(Named.TOOL, ["1000", "3000"]) == ["TR:T:1000", "TR:T:3000"]
    assert scanning.label_texts(Named.BADGE, ["5000", "T-1"]) == ["TR:B:5000", "TR:B:T-1"]
    assert [one.subject for one in scanning.meanings("TR:T:1000")] == [str(tool.tool_id)]


def test_a_tools_own_serial_number_makes_its_label_no_longer(station: Records, scanning: Scanning) -> None:
    add_tool(station, "9000", "9000")
    assert scanning.label_texts(Named.TOOL, ["9000"]) == ["9000"]


def test_whoever_expects_one_kind_is_not_given_another() -> None:
    assert plain_of("TR:B:T-1", Named.BADGE) == "T-1"
    assert plain_of(" T-1 ", Named.BADGE) == "T-1"
    assert plain_of("TR:K:7", Named.BADGE) == ""
    assert kind_said("TR:K:7") is Named.KIT
    assert kind_said("K-014") is None
