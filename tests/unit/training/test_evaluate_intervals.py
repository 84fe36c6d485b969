"""A share says how far it can be trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.training.evaluate.intervals import Share


def test_wilsons_interval_is_that_of_the_textbook() -> None:
    # Newcombe (1998), table I: 81 of 263 and 15 of 148.
    assert (Share(81, 263).low, Share(81, 263).high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert (Share(15, 148).low, Share(15, 148).high) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_none_of_many_is_bounded_by_the_rule_of_three() -> None:
    assert (Share(0, 2000).value, Share(0, 2000).low, Share(0, 2000).high) == (0.0, 0.0, 0.0015)
    assert (Share(300, 300).low, Share(300, 300).high) == (0.99, 1.0)


def test_without_a_trial_nothing_is_known() -> None:
    assert (Share(0, 0).value, Share(0, 0).low, Share(0, 0).high) == (None, 0.0, 1.0)


@pytest.mark.parametrize(("count", "of"), [(-1, 3), (4, 3)])
def test_more_cases_than_trials_are_a_fault(count: int, of: int) -> None:
    with pytest.raises(ValueError, match=f"{count} of {of}"):
        Share(count, of)


@given(st.integers(1, 5000), st.data())
def test_the_share_lies_in_its_interval(of: int, data: st.DataObject) -> None:
    share = Share(data.draw(st.integers(0, of)), of)
    assert share.value is not None
    assert 0.0 <= share.low <= share.value <= share.high <= 1.0
