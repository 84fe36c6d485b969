"""Another look counts where the first left little in doubt, and only by accepting the kit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes import frame_of, model_info
from toolroom_desktop.domain.detection import FrameQuality, FrameResult
from toolroom_desktop.domain.inspection import Inspection, Status, inspect
from toolroom_desktop.domain.looks import MOST_DOUBTS, SURELY_TOO_MUCH, decided, worth_another_look
from toolroom_desktop.domain.thresholds import Thresholds

CLASSES = ("pliers", "brace", "file", "hammer", "wrench")
MODEL = model_info(*CLASSES).knowledge


def seen(*tools: tuple[str, float], quality: FrameQuality | None = None, frames: int = 1) -> Inspection:
    frame: FrameResult = frame_of(*tools) if quality is None else frame_of(*tools, quality=quality)
    return inspect(dict.fromkeys(CLASSES, 1), [frame] * frames, Thresholds(), MODEL)


def kit(*lacking: str, doubted: tuple[str, ...] = ()) -> list[tuple[str, float]]:
    return [(name, 0.35 if name in doubted else 0.9) for name in CLASSES if name not in lacking]


COMPLETE = seen(*kit())
DARK = FrameQuality(brightness=3, contrast=20, sharpness=100, glare=0)


@pytest.mark.parametrize(
    ("first", "worth"),
    [
        (seen(*kit("pliers")), True),
        (seen(*kit("pliers", doubted=("brace",))), True),
        (seen(*kit("pliers"), ("brace", SURELY_TOO_MUCH - 0.1)), True),
        (seen(*kit("pliers"), ("brace", SURELY_TOO_MUCH)), False),
        (seen(*kit("pliers", doubted=("brace", "file"))), False),
        (seen(*kit("pliers", "brace"), ("file", SURELY_TOO_MUCH - 0.1)), False),
        (COMPLETE, False),
        (seen(*kit("pliers"), quality=DARK), False),
        (seen(frames=0), False),
    ],
)
def test_only_what_is_almost_complete_in_a_good_picture_is_worth_another_look(first: Inspection, worth: bool) -> None:
    assert worth_another_look(first) is worth


def test_a_kit_that_all_other_looks_accept_is_complete() -> None:
    assert decided(seen(*kit("pliers")), [COMPLETE, COMPLETE]).status is Status.SUCCESS


def test_where_one_look_doubts_it_too_the_first_ones_word_stands_and_no_other_is_asked() -> None:
    asked: list[Inspection] = []

    def others() -> Iterator[Inspection]:
        for one in (COMPLETE, seen(*kit("brace")), COMPLETE):
            asked.append(one)
            yield one

    first = seen(*kit("pliers"))
    assert decided(first, others()) is first
    assert len(asked) == 2


def test_without_another_look_the_first_ones_word_stands() -> None:
    first = seen(*kit("pliers"))
    assert decided(first, []) is first


def test_a_kit_with_much_in_doubt_is_not_looked_at_again() -> None:
    first = seen(*kit(*CLASSES[: MOST_DOUBTS + 1]))

    asked = iter([COMPLETE])
    assert decided(first, asked) is first
    assert next(asked) is COMPLETE, "it was not asked for"
