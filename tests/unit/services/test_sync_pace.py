"""How long sync waits, and how much it sends at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.services.sync.pace import FIRST_SECONDS, LONGEST_SECONDS, Backoff, Portion


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_a_wait_is_drawn_between_nothing_and_a_limit_that_doubles_up_to_five_minutes(draws: list[float]) -> None:
    numbers = iter(draws)
    backoff = Backoff(lambda: next(numbers))
    for failures, drawn in enumerate(draws):
        assert backoff.failed() == min(LONGEST_SECONDS, FIRST_SECONDS * 2**failures) * drawn


def test_after_a_success_it_begins_anew() -> None:
    backoff = Backoff(lambda: 1.0)
    for _ in range(5):
        backoff.failed()
    backoff.succeeded()
    assert (backoff.failures, backoff.failed()) == (0, FIRST_SECONDS)


def test_what_does_not_come_through_is_halved_down_to_the_least_and_doubled_again() -> None:
    portion = Portion(500)
    for _ in range(20):
        portion.failed()
    assert portion.size == 1
    sizes = []
    for _ in range(10):
        portion.succeeded()
        sizes.append(portion.size)
    assert sizes == [2, 4, 8, 16, 32, 64, 128, 256, 500, 500]
