"""Labels as the services make them: what stands on them, who may have them, and that the journal knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.services.conftest import PIN
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.labels import LabelCode, LabelOptions, format_named
from toolroom_desktop.domain.people import PERMISSIONS, Person, PersonChange, Role
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.labels import MAY_PRINT, LabelChoice, LabelKind, MadeLabels

pytestmark = pytest.mark.usefixtures("qapp")

ALL_KITS = LabelChoice(LabelKind.KITS)
ALL_TOOLS = LabelChoice(LabelKind.TOOLS)
ALL_BADGES = LabelChoice(LabelKind.BADGES)


@pytest.fixture
def toolroom(station: Records) -> Records:
    """With an administrator, a storekeeper and two tools, one of them without a marking."""
    for badge, role in (("A-1", Role.ADMINISTRATOR), ("S-1", Role.STOREKEEPER)):
        station.accounts.add_person(badge=badge, name=f"Имя {badge}", role=role, pin=PIN, actor_badge=None)
    station.tools.add(
        Tool("pliers", "K-1", 1, part_number="PN-7", serial_number="SN-1", marking="P-1001"), actor_badge=None
    )
    station.tools.add(Tool("pliers", "K-1", 2), actor_badge=None)
    station.tools.add(Tool("brace", marking="СП-3"), actor_badge=None)
    return station


def pdf(toolroom: Records, choice: LabelChoice, badge: str | None = None, **options: Any) -> MadeLabels:
    chosen = LabelOptions(format_named("L7160"), **options)
    return toolroom.labels.pdf(choice, chosen, language="ru", title="Этикетки", file="метки.pdf", actor_badge=badge)


def exports(toolroom: Records) -> list[dict[str, Any]]:
    entries = toolroom.database.read(lambda uow: list(uow.journal.entries()))
    return [dict(entry.payload) for entry in entries if entry.kind == "exported"]


def test_a_kits_label_says_its_scanner_code_its_number_and_what_it_is(toolroom: Records) -> None:
    toolroom.catalogue.take_in([], [Kit("9", "T")], actor_badge=None)
    draft = toolroom.labels.draft(ALL_KITS, language="ru", actor_badge="S-1")
    assert [(label.text, label.number, label.lines) for label in draft.labels] == [
        ("TR:K:9", "9", ("T",)),
        ("CODE-1", "K-1", ("T",)),
        ("TR:K:K-2", "K-2", ("T",)),
    ]


@pytest.mark.parametrize(("language", "name"), [("ru", "Пассатижи"), ("en", "Pliers")])
def test_a_tools_label_says_marking_name_and_where_it_belongs(toolroom: Records, language: str, name: str) -> None:
    draft = toolroom.labels.draft(LabelChoice(LabelKind.TOOLS, kit="k-1"), language=language, actor_badge="S-1")
    assert [(label.text, label.number, label.lines) for label in draft.labels] == [
        ("P-1001", "P-1001", (name, "K-1 · PN-7 · SN-1"))
    ]
    assert draft.left_out == 1, "a tool without a marking has nothing that a label could say"


def test_every_label_leads_back_to_what_it_was_made_for(toolroom: Records) -> None:
    for choice in (ALL_KITS, ALL_TOOLS, ALL_BADGES):
        for label in toolroom.labels.draft(choice, language="ru", actor_badge=None).labels:
            found = toolroom.scanning.one(label.text)
            assert label.number in (found.subject, found.name)


def test_a_badges_label_holds_badge_and_name_and_nothing_secret(toolroom: Records) -> None:
    toolroom.accounts.change_person(badge="Q-1", change=PersonChange(active=False), actor_badge="A-1")
    draft = toolroom.labels.draft(ALL_BADGES, language="ru", actor_badge="A-1")
    assert {(label.number, label.lines) for label in draft.labels} == {
        ("T-1", ("Иванов И. И.",)),
        ("L-1", ("Смирнова А. В.",)),
        ("A-1", ("Имя A-1",)),
        ("S-1", ("Имя S-1",)),
    }
    people: list[Person] = toolroom.database.read(lambda uow: uow.people.all())
    secrets = {person.pin_hash for person in people} | {PIN}
    for label in draft.labels:
        assert not any(secret in text for secret in secrets for text in (label.text, label.number, *label.lines))


def test_chosen_ones_come_in_their_order_and_an_unknown_one_is_named(toolroom: Records) -> None:
    draft = toolroom.labels.draft(LabelChoice(LabelKind.KITS, ("K-2", "code-1")), language="ru", actor_badge=None)
    assert [label.number for label in draft.labels] == ["K-2", "K-1"]
    for choice, code in (
        (LabelChoice(LabelKind.KITS, ("K-9",)), "kit.unknown"),
        (LabelChoice(LabelKind.TOOLS, kit="K-9"), "kit.unknown"),
        (LabelChoice(LabelKind.TOOLS, ("01900000-0000-7000-8000-000000000000",)), "tool.unknown"),
        (LabelChoice(LabelKind.BADGES, ("X-1",)), "people.unknown_badge"),
    ):
        with pytest.raises(NotFound) as unknown:
            toolroom.labels.draft(choice, language="ru", actor_badge=None)
        assert unknown.value.code == code


def test_labels_are_in_the_journal_before_anybody_has_them(toolroom: Records) -> None:
    made = pdf(toolroom, LabelChoice(LabelKind.TOOLS, kit="K-1"), "S-1", copies=3)
    assert made.pdf.startswith(b"%PDF")
    assert (made.labels, made.pages, made.left_out) == (3, 1, 1)
    (entry,) = exports(toolroom)
    assert entry["what"] == "labels.tools"
    assert (entry["file"], entry["count"], entry["format"], entry["by"]) == ("метки.pdf", 3, "L7160", "S-1")
    assert entry["numbers"] == ["P-1001"]
    toolroom.labels.for_printer(
        ALL_KITS,
        LabelOptions(format_named("62x29")),
        language="ru",
        title="",
        printer="Zebra",
        actor_badge="S-1",
    )
    assert exports(toolroom)[1]["printer"] == "Zebra"


def test_what_cannot_be_made_is_not_recorded(toolroom: Records) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    attempts: list[tuple[type[BaseException], Callable[[], object]]] = [
        (BadInput, lambda: pdf(toolroom, LabelChoice(LabelKind.TOOLS), code=LabelCode.CODE_128)),
        (BadInput, lambda: pdf(toolroom, LabelChoice(LabelKind.KITS, ()))),
        (
            KeyboardInterrupt,
            lambda: toolroom.labels.pdf(
                ALL_KITS,
                LabelOptions(format_named("L7160")),
                language="ru",
                title="",
                file="x.pdf",
                actor_badge=None,
                watch=stop,
            ),
        ),
    ]
    toolroom.catalogue.take_in([], [Kit("K" * 40, "T")], actor_badge=None)
    toolroom.tools.add(Tool("brace", marking="W" * 90), actor_badge=None)
    for kind, attempt in attempts:
        with pytest.raises(kind):
            attempt()
    assert exports(toolroom) == []


@pytest.mark.parametrize("kind", LabelKind)
def test_labels_are_for_those_whom_the_table_allows_and_a_refusal_is_recorded(
    toolroom: Records, kind: LabelKind
) -> None:
    badges = {"T-1": Role.TECHNICIAN, "L-1": Role.SHIFT_LEAD, "Q-1": Role.QUALITY, "A-1": Role.ADMINISTRATOR}
    badges["S-1"] = Role.STOREKEEPER
    for badge, role in badges.items():
        if PERMISSIONS[role].intersection(MAY_PRINT[kind]):
            assert pdf(toolroom, LabelChoice(kind), badge).labels > 0
            continue
        with pytest.raises(Refused) as refused:
            pdf(toolroom, LabelChoice(kind), badge)
        assert refused.value.code == "people.not_permitted"
        last = toolroom.database.read(lambda uow: list(uow.journal.entries()))[-1]
        assert (last.kind, last.payload["badge"], last.payload["command"]) == ("refused", badge, f"labels.{kind}")


def test_a_technician_prints_nothing_and_only_an_administrator_badges() -> None:
    allowed = {
        kind: {role for role in Role if PERMISSIONS[role].intersection(needed)} for kind, needed in MAY_PRINT.items()
    }
    others = {Role.STOREKEEPER, Role.SHIFT_LEAD, Role.QUALITY, Role.ADMINISTRATOR}
    assert allowed == {LabelKind.KITS: others, LabelKind.TOOLS: others, LabelKind.BADGES: {Role.ADMINISTRATOR}}
