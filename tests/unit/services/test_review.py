"""Learning from the counter: what is put aside after an operation, and that the operation never suffers from it."""

from __future__ import annotations

import copy
import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import HandClock, ReviewShelf, frame_of, model_info, plain_picture
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.errors import DatabaseProblem, NotFound, UserFacingError
from toolroom_desktop.domain.inspection import Status, inspect
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.thresholds import Thresholds
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.services import review
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.ports import ReviewFolder
from toolroom_desktop.services.review import Review, ReviewCase, read_case, split_of

MODEL = model_info("pliers", "brace").knowledge
ONE_MISSING = (("pliers", 0.9), ("brace", 0.9))
ALL_FOUND = {("pliers", 1): Count.FOUND, ("pliers", 2): Count.FOUND, ("brace", 1): Count.FOUND}
FULL = DatabaseProblem("review.disk_full", path=Path("shelf"), reason="no space")


@pytest.fixture
def shelf() -> ReviewShelf:
    return ReviewShelf()


@pytest.fixture
def station(tmp_path: Path, shelf: ReviewShelf) -> Iterator[Records]:
    """A station with a technician, a kit of three tools, and a review folder that the test holds."""
    folder: ReviewFolder = shelf
    opened = open_records(tmp_path / "данные", create=True, clock=HandClock(), pin_cost=FAST, review=folder)
    opened.accounts.add_person(badge="T-1", name="Иванов И. И.", role=Role.TECHNICIAN, pin="135790", actor_badge=None)
    toolkit = Toolkit("T", (Position("pliers", 2, "Пассатижи", "Pliers"), Position("brace", 1, "Коловорот", "Brace")))
    opened.catalogue.take_in([toolkit], [Kit(f"K-{n}", "T") for n in range(1, 9)], actor_badge=None)
    yield opened
    shelf.gate.set()
    opened.close()


def checked_out(
    records: Records,
    kit: str = "K-1",
    *,
    tools: tuple[tuple[str, float], ...] = ONE_MISSING,
    answers: dict[tuple[str, int], Count] | None = None,
    count_later: bool = False,
) -> Operation:
    plan = records.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit=kit)
    evidence = Evidence(plain_picture(), inspect(plan.expected, [frame_of(*tools)], Thresholds(), MODEL))
    given = ALL_FOUND if answers is None else answers
    return records.operations.record(
        plan, evidence, Confirmation({} if count_later else given, count_later=count_later)
    )


def kept(records: Records, shelf: ReviewShelf) -> dict[str, tuple[bytes, Any]]:
    """What lies on the shelf when everything that was offered is done."""
    assert records.review is not None
    records.review.close()
    return dict(shelf.kept)


def case_of(records: Records, shelf: ReviewShelf) -> ReviewCase:
    [(name, (_, document))] = kept(records, shelf).items()
    return read_case(name, document)


def test_an_operation_whose_count_differed_is_kept_with_its_clean_photo_and_both_words(
    station: Records, shelf: ReviewShelf
) -> None:
    done = checked_out(station)
    [(name, (photo, document))] = kept(station, shelf).items()
    assert name == f"2026-05-04_{done.operation_id}"
    assert photo == station.operations.photo(done.photos.clean)
    assert document["photo"] == {"file": "photo.jpg", "sha256": hashlib.sha256(photo).hexdigest()}
    assert document["result"] == station.operations.as_json(done)
    assert document["counted_by"] == {"badge": "T-1", "name": "Иванов И. И."}
    [difference] = document["differences"]
    assert difference == {
        "class_name": "pliers",
        "unit": 2,
        "model": "missing",
        "count": "found",
        "difference": "missed",
    }
    result = document["result"]
    assert (result["status"], result["operation"]["final_status"]) == ("discrepancy", "success")
    assert result["thresholds"]["accept"] == 0.5
    assert result["model"] == {"name": "scripted", "sha256": "0" * 64}


def test_the_date_of_a_case_is_the_stations_own(station: Records, shelf: ReviewShelf) -> None:
    clock = station.clock
    assert isinstance(clock, HandClock)
    clock.advance(14 * 3600)  # 22:00 UTC, which is the next morning at the station
    checked_out(station)
    assert [name.split("_")[0] for name in kept(station, shelf)] == ["2026-05-05"]


def test_agreement_is_not_kept(station: Records, shelf: ReviewShelf) -> None:
    checked_out(station, "K-1", tools=(("pliers", 0.9), *ONE_MISSING), answers={})
    checked_out(station, "K-2", answers=ALL_FOUND | {("pliers", 2): Count.MISSING})
    assert kept(station, shelf) == {}


def test_a_count_that_is_still_owed_is_not_kept(station: Records, shelf: ReviewShelf) -> None:
    checked_out(station, count_later=True)
    assert kept(station, shelf) == {}


def test_nothing_is_kept_of_an_operation_that_was_refused(station: Records, shelf: ReviewShelf) -> None:
    plans = [station.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit="K-1") for _ in range(2)]
    inspection = inspect(plans[0].expected, [frame_of(*ONE_MISSING)], Thresholds(), MODEL)
    first, second = (Evidence(plain_picture(value), inspection) for value in (10, 20))
    done = station.operations.record(plans[0], first, Confirmation(ALL_FOUND))
    with pytest.raises(UserFacingError):
        station.operations.record(plans[1], second, Confirmation(ALL_FOUND))
    assert [name.split("_")[1] for name in kept(station, shelf)] == [str(done.operation_id)]


def test_the_operation_is_there_while_the_review_folder_is_still_busy(station: Records, shelf: ReviewShelf) -> None:
    shelf.gate.clear()
    done = checked_out(station)
    assert shelf.entered.wait(20), "the keeper works in a thread of its own"
    assert station.operations.by_id(str(done.operation_id)).final_status is Status.SUCCESS
    assert shelf.kept == {}
    assert station.review is not None
    assert station.review.photos_waiting() == {done.photos.clean}, "nobody may delete it before it was copied"
    shelf.gate.set()
    assert len(kept(station, shelf)) == 1
    assert station.review.photos_waiting() == set()


@pytest.mark.expects_log
def test_a_full_disk_is_told_once_and_the_operations_stand(
    station: Records, shelf: ReviewShelf, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[UserFacingError] = []
    assert station.review is not None
    station.review.listen(told.append)
    shelf.failure = FULL
    done = [checked_out(station, f"K-{number}") for number in (1, 2)]
    assert kept(station, shelf) == {}
    assert told == [FULL]
    assert [record.levelname for record in caplog.records if "review" in record.getMessage()] == ["WARNING"]
    assert {o.operation_id for o in station.operations.recent()} == {o.operation_id for o in done}


@pytest.mark.expects_log
def test_a_disk_that_is_full_again_is_told_again(station: Records, shelf: ReviewShelf) -> None:
    told: list[str] = []
    heard = threading.Condition()

    def listen(problem: UserFacingError) -> None:
        with heard:
            told.append(problem.code)
            heard.notify_all()

    assert station.review is not None
    station.review.listen(listen)
    shelf.failure = FULL
    checked_out(station, "K-1")
    with heard:
        assert heard.wait_for(lambda: len(told) == 1, 20)
    shelf.entered.clear()
    shelf.gate.clear()
    checked_out(station, "K-2")
    assert shelf.entered.wait(20)
    shelf.failure = None
    shelf.gate.set()
    shelf.entered.clear()
    checked_out(station, "K-3")
    assert shelf.entered.wait(20)
    shelf.failure = FULL
    checked_out(station, "K-4")
    kept(station, shelf)
    assert told[:1] == ["review.disk_full"]
    assert len(told) == 2


@pytest.mark.expects_log
def test_a_fault_of_the_program_ends_neither_the_keeper_nor_the_operation(
    station: Records, shelf: ReviewShelf, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.failure = ZeroDivisionError()
    checked_out(station, "K-1")
    checked_out(station, "K-2")
    assert kept(station, shelf) == {}
    assert caplog.text.count("an operation could not be put aside for review") == 2
    assert len(station.operations.recent()) == 2


@pytest.mark.expects_log
def test_a_listener_that_fails_ends_neither_the_keeper_nor_the_operation(station: Records, shelf: ReviewShelf) -> None:
    def closing(_problem: UserFacingError) -> None:
        shelf.failure = None
        raise RuntimeError("the window is gone")

    assert station.review is not None
    station.review.listen(closing)
    shelf.failure = FULL
    checked_out(station, "K-1")
    second = checked_out(station, "K-2")
    assert [name.split("_")[1] for name in kept(station, shelf)] == [str(second.operation_id)]


@pytest.mark.expects_log
def test_a_folder_that_does_not_answer_holds_back_neither_operations_nor_the_end(
    station: Records, shelf: ReviewShelf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(review, "CLOSE_SECONDS", 0.05)
    assert station.review is not None
    told: list[str] = []
    station.review.listen(lambda problem: told.append(problem.code))
    shelf.gate.clear()
    checked_out(station, "K-1")
    assert shelf.entered.wait(20)
    toolkit = station.catalogue.toolkits()[0]
    again = station.operations.recent()[0]
    for _ in range(review.MOST_WAITING + 1):
        station.review.offer(again, toolkit)
    assert told == ["review.behind"]
    station.review.close()
    assert "does not answer" in caplog.text
    station.review.offer(again, toolkit)
    assert len(station.operations.recent()) == 1


def test_without_a_review_folder_nothing_is_kept(tmp_path: Path) -> None:
    records = open_records(tmp_path, create=True, clock=HandClock(), pin_cost=FAST)
    assert records.operations.review is None
    records.close()


class TestReading:
    def test_a_case_is_read_as_it_was_kept(self, station: Records, shelf: ReviewShelf) -> None:
        done = checked_out(station)
        case = case_of(station, shelf)
        assert (case.kit, case.person, case.model) == ("K-1", "Иванов И. И.", ("scripted", "0" * 64))
        assert case.finished_at == done.finished_at
        assert case.tool_name("brace", "ru") == "Коловорот"
        assert case.tool_name("hammer", "ru") == "hammer"
        assert [box.tool_class for box in case.relative_boxes()] == ["pliers", "brace"]

    def test_boxes_are_cut_to_the_picture_and_relative_to_it(self, station: Records, shelf: ReviewShelf) -> None:
        checked_out(station)
        [(name, (_, document))] = kept(station, shelf).items()
        changed = copy.deepcopy(dict(document))
        changed["result"]["image"] = {"width": 100, "height": 50}
        for position, box in zip(
            changed["result"]["positions"], ([-20, 10, 60, 70], None, [150, 0, 160, 9]), strict=True
        ):
            position["box"] = box
        [cut] = read_case(name, changed).relative_boxes()
        assert (cut.tool_class, cut.x, cut.y, cut.width, cut.height) == pytest.approx(("pliers", 0.3, 0.6, 0.6, 0.8))

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda d: d.pop("result"),
            lambda d: d.update(format=2),
            lambda d: d.update(classes=[{"name": "x"}]),
            lambda d: d["result"].pop("operation"),
            lambda d: d["result"].update(positions=[{"class_name": "pliers"}]),
            lambda d: d["result"]["positions"][0].update(box=[1, 2, 3]),
            lambda d: d["result"]["positions"][0].update(state="perhaps"),
            lambda d: d["result"].update(image={"width": 0, "height": 0}),
            lambda d: d["result"]["operation"].update(finished_at="yesterday"),
            lambda d: d["result"].update(kit_=d["result"].pop("kit")),
            lambda d: d["result"].update(user=None),
            lambda d: d["result"]["operation"]["counted"].pop(),
        ],
    )
    def test_what_somebody_spoiled_is_named(self, station: Records, shelf: ReviewShelf, spoil: Any) -> None:
        checked_out(station)
        [(name, (_, document))] = kept(station, shelf).items()
        spoiled = copy.deepcopy(dict(document))
        read_case(name, spoiled)
        spoil(spoiled)
        with pytest.raises(DatabaseProblem) as raised:
            read_case(name, spoiled)
        assert (raised.value.code, raised.value.details["name"]) == ("review.damaged", name)

    def test_a_dataset_has_the_classes_of_the_kit_in_its_order(self, station: Records, shelf: ReviewShelf) -> None:
        checked_out(station, "K-1")
        checked_out(station, "K-2")
        kept(station, shelf)
        told: list[UserFacingError] = []
        dataset = Review(shelf).dataset(told.append)
        assert [position.tool_class for position in dataset.classes] == ["pliers", "brace"]
        assert len(dataset.photos) == 2
        assert told == []

    def test_a_damaged_case_and_an_exchanged_photo_are_left_out_and_told(
        self, station: Records, shelf: ReviewShelf
    ) -> None:
        for number in (1, 2, 3):
            checked_out(station, f"K-{number}")
        kept(station, shelf)
        whole, exchanged, damaged = shelf.names()
        shelf.kept[exchanged] = (b"another photo", shelf.kept[exchanged][1])
        shelf.kept[damaged] = (shelf.kept[damaged][0], {"format": 1})
        told: list[UserFacingError] = []
        dataset = Review(shelf).dataset(told.append)
        assert [photo.case.name for photo in dataset.photos] == [whole]
        assert sorted(str(problem.details["name"]) for problem in told) == sorted([exchanged, damaged])

    def test_an_empty_folder_is_no_dataset(self, shelf: ReviewShelf) -> None:
        with pytest.raises(NotFound, match=r"review\.empty"):
            Review(shelf).dataset(lambda _: None)

    def test_photos_of_one_kit_and_day_stay_on_one_side_and_both_sides_get_some(
        self, station: Records, shelf: ReviewShelf
    ) -> None:
        checked_out(station)
        [(name, (_, document))] = kept(station, shelf).items()
        sides: dict[tuple[str, str], set[str]] = {}
        for kit in range(40):
            changed = copy.deepcopy(dict(document))
            changed["result"]["kit"] = f"K-{kit}"
            for day in ("2026-05-04", "2026-05-05"):
                for operation in ("a", "b"):
                    case = read_case(f"{day}_{operation}{name[12:]}", changed)
                    sides.setdefault((f"K-{kit}", day), set()).add(split_of(case))
        assert all(len(side) == 1 for side in sides.values())
        held_back = sum(side == {"val"} for side in sides.values())
        assert 8 <= held_back <= 24, "about a fifth of 80"


def test_a_kit_that_was_counted_away_from_the_camera_teaches_nothing(station: Records, shelf: ReviewShelf) -> None:
    plan = station.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit="K-1")
    evidence = Evidence(None, inspect(plan.expected, (), Thresholds(), MODEL))
    station.operations.record(plan, evidence, Confirmation(ALL_FOUND))
    assert kept(station, shelf) == {}
