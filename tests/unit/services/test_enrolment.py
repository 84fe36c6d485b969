"""Enrolling: the empty table first, then each tool alone, and nothing is stored without a yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.domain.errors import BadInput, BadPhoto
from toolroom_desktop.services.cutouts import CutoutClass, Split
from toolroom_desktop.services.enrolment import (
    ENOUGH_SHOTS,
    Box,
    Cut,
    Enrolment,
    Outline,
    Place,
    ToolCutter,
    Verdict,
    take_in,
)
from toolroom_desktop.services.vision_ports import Picture

WRENCH = CutoutClass("wrench", "ключ", "wrench")
TABLE = Picture(np.full((60, 80, 3), 200, np.uint8))


def pixels(value: int = 90) -> NDArray[np.uint8]:
    return np.full((10, 20, 4), value, np.uint8)


@dataclass
class Scripted:
    """A cutter that finds what it is told to find."""

    next: Cut = field(default_factory=lambda: Cut(Verdict.OK, pixels(), Place(0.5, 0.5, 0)))

    def against_empty(self, picture: Picture, empty: Picture) -> Cut:
        return self.next

    def alone(self, picture: Picture) -> Cut:
        return self.next

    def with_mask(self, picture: Picture, mask: NDArray[np.uint8]) -> Cut:
        return self.next

    def in_box(self, picture: Picture, box: Box) -> Cut:
        return self.next

    def along_outline(self, picture: Picture, outline: Outline, others: Sequence[Outline]) -> Cut:
        return self.next

    def cleaned(self, given: NDArray[np.uint8]) -> Cut:
        return self.next

    def alike(self, first: NDArray[np.uint8], second: NDArray[np.uint8]) -> bool:
        return bool(np.array_equal(first, second))

    def lies(self, x: float, y: float, angle: float) -> None:
        self.next = Cut(Verdict.OK, pixels(), Place(x, y, angle))


@pytest.fixture
def cutter() -> Scripted:
    return Scripted()


@pytest.fixture
def store(tmp_path: Path) -> CutoutFolder:
    return CutoutFolder(tmp_path / "cutouts")


@pytest.fixture
def session(store: CutoutFolder, cutter: Scripted) -> Enrolment:
    made = Enrolment(store, cutter, lambda picture: picture.pixels.max() > 50)
    made.take_empty(TABLE)
    made.begin(WRENCH)
    return made


def refusal(call: object, *arguments: object) -> str:
    assert callable(call)
    with pytest.raises(BadInput) as refused:
        call(*arguments)
    return refused.value.code


def test_a_yes_stores_the_shot_with_its_frame(session: Enrolment, store: CutoutFolder) -> None:
    shot = session.shoot(TABLE)
    assert shot.verdict is Verdict.OK
    assert store.cutouts == ()
    record = session.keep(shot)
    assert (record.class_name, record.frame, record.split) == ("wrench", (80, 60), Split.TRAIN)
    assert CutoutFolder(store.folder).cutouts == (record,)


def test_the_empty_table_becomes_a_background(session: Enrolment, store: CutoutFolder) -> None:
    assert session.has_empty
    assert len(CutoutFolder(store.folder).backgrounds) == 1


def test_without_an_empty_table_or_a_tool_nothing_is_photographed(store: CutoutFolder, cutter: Scripted) -> None:
    session = Enrolment(store, cutter, lambda _: True)
    assert refusal(session.shoot, TABLE) == "enrol.no_empty"
    session.take_empty(TABLE)
    assert refusal(session.shoot, TABLE) == "enrol.no_class"
    assert refusal(session.begin, CutoutClass("  ")) == "enrol.class_empty"


def test_a_blurred_empty_table_is_refused(session: Enrolment) -> None:
    assert refusal(session.take_empty, Picture(np.zeros((60, 80, 3), np.uint8))) == "enrol.empty_blurred"


def test_an_empty_table_of_another_size_is_refused(session: Enrolment) -> None:
    assert refusal(session.shoot, Picture(np.full((30, 40, 3), 200, np.uint8))) == "enrol.empty_other_size"


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.OK])
def test_a_shot_with_another_verdict_is_never_stored(session: Enrolment, cutter: Scripted, verdict: Verdict) -> None:
    cutter.next = Cut(verdict)
    shot = session.shoot(TABLE)
    assert shot.verdict is verdict
    with pytest.raises(ValueError, match="not stored"):
        session.keep(shot)


def test_a_tool_that_was_neither_moved_nor_turned_is_too_like(session: Enrolment, cutter: Scripted) -> None:
    session.keep(session.shoot(TABLE))
    cutter.lies(0.52, 0.49, 355)
    assert session.shoot(TABLE).verdict is Verdict.TOO_ALIKE
    cutter.lies(0.52, 0.49, 180)
    assert session.shoot(TABLE).verdict is Verdict.OK
    cutter.lies(0.7, 0.49, 355)
    assert session.shoot(TABLE).verdict is Verdict.OK


def test_a_shot_that_was_not_kept_may_be_taken_again(session: Enrolment) -> None:
    session.shoot(TABLE)
    assert session.shoot(TABLE).verdict is Verdict.OK


def test_each_tool_has_places_of_its_own(session: Enrolment) -> None:
    session.keep(session.shoot(TABLE))
    session.begin(CutoutClass("pliers"))
    assert session.shoot(TABLE).verdict is Verdict.OK


def test_variety_is_enough_only_when_the_tool_was_turned_and_moved(session: Enrolment, cutter: Scripted) -> None:
    for number in range(ENOUGH_SHOTS):
        cutter.lies(0.1 + 0.15 * (number % 5), 0.1 + 0.2 * (number // 5), 0)
        session.keep(session.shoot(TABLE))
    moved = session.variety("wrench")
    assert (moved.places, moved.turns, moved.enough) == (9, 1, False)
    for number in range(6):
        cutter.lies(0.2, 0.2, 50 * number + 20)
        session.keep(session.shoot(TABLE))
    variety = session.variety("wrench")
    assert variety.shots == ENOUGH_SHOTS + 6
    assert variety.enough


def test_variety_is_not_enough_for_a_tool_that_was_turned_in_one_place(session: Enrolment, cutter: Scripted) -> None:
    for number in range(ENOUGH_SHOTS):
        cutter.lies(0.5, 0.5, 17 * number)
        session.keep(session.shoot(TABLE))
    variety = session.variety("wrench")
    assert (variety.places, variety.turns, variety.enough) == (1, 8, False)


def test_a_later_session_goes_on_counting(session: Enrolment, store: CutoutFolder, cutter: Scripted) -> None:
    session.keep(session.shoot(TABLE))
    again = Enrolment(CutoutFolder(store.folder), cutter, lambda _: True)
    assert again.begin(WRENCH).shots == 1


@dataclass(frozen=True)
class Thing:
    """A thing of a folder; `bad` is what is wrong with its file."""

    source: str
    class_name: str | None = "wrench"
    bad: Exception | None = None
    frame: tuple[int, int] | None = None
    seen: list[str] = field(default_factory=list)

    def cut(self, cutter: ToolCutter) -> tuple[Cut, tuple[int, int] | None]:
        self.seen.append(self.source)
        if self.bad is not None:
            raise self.bad
        return cutter.alone(TABLE), self.frame


def test_of_a_folder_everything_is_stored_or_refused_with_its_reason(store: CutoutFolder, cutter: Scripted) -> None:
    store.declare([WRENCH])
    things = [Thing("a.jpg"), Thing("b.jpg", bad=BadPhoto("photo.empty", path="b.jpg")), Thing("c.jpg")]
    steps: list[tuple[int, int]] = []
    report = take_in(things, store, cutter, progress=lambda *step: steps.append(step))
    assert [record.source for record in report.stored] == ["a.jpg", "c.jpg"]
    assert [(one.source, one.code) for one in report.refused] == [("b.jpg", "photo.empty")]
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_verdict_names_its_sentence(store: CutoutFolder, cutter: Scripted) -> None:
    store.declare([WRENCH])
    cutter.next = Cut(Verdict.CLIPPED)
    assert take_in([Thing("a.jpg")], store, cutter).refused[0].code == "enrol.verdict.clipped"


def test_a_second_run_cuts_only_what_is_missing(store: CutoutFolder, cutter: Scripted) -> None:
    store.declare([WRENCH])
    take_in([Thing("a.jpg")], store, cutter)
    again = [Thing("a.jpg"), Thing("b.jpg")]
    report = take_in(again, CutoutFolder(store.folder), cutter)
    assert (report.known, len(report.stored)) == (1, 1)
    assert again[0].seen == []


def test_a_full_disk_ends_the_run_and_keeps_what_was_stored(
    store: CutoutFolder, cutter: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.declare([WRENCH])
    full = BadInput("enrol.disk_full", path="x")
    things = [Thing("a.jpg"), Thing("b.jpg", bad=full), Thing("c.jpg")]
    assert refusal(take_in, things, store, cutter) == "enrol.disk_full"
    assert things[2].seen == []
    assert [record.source for record in CutoutFolder(store.folder).cutouts] == ["a.jpg"]


def test_what_is_held_back_is_marked(store: CutoutFolder, cutter: Scripted) -> None:
    store.declare([WRENCH])
    report = take_in([Thing("a_green.png"), Thing("a.png")], store, cutter, held_back=lambda name: "green" in name)
    assert [record.split for record in report.stored] == [Split.HELD_BACK, Split.TRAIN]


def test_the_same_foreign_thing_is_stored_once_also_over_runs(store: CutoutFolder, cutter: Scripted) -> None:
    report = take_in([Thing("a.jpg", None), Thing("b.jpg", None)], store, cutter)
    assert [one.code for one in report.refused] == ["enrol.verdict.too_alike"]
    again = take_in([Thing("c.jpg", None)], CutoutFolder(store.folder), cutter)
    assert [one.code for one in again.refused] == ["enrol.verdict.too_alike"]


def test_the_limit_counts_what_lies_in_the_folder(store: CutoutFolder, cutter: Scripted) -> None:
    store.declare([WRENCH])
    report = take_in([Thing(f"{number}.jpg") for number in range(5)], store, cutter, limit=2)
    assert len(report.stored) == 2
    assert len(take_in([Thing("9.jpg")], store, cutter, limit=2).stored) == 0
