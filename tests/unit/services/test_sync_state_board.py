"""How sync stands, told to whoever follows it: in the order in which it came about."""

from __future__ import annotations

import threading

from toolroom_desktop.services.sync.state import StateBoard, SyncState

LONG_ENOUGH = 0.3
"""Seconds in which a second thread would tell its change, if nothing kept it."""


def test_of_two_changes_the_later_one_is_told_last() -> None:
    board = StateBoard()
    told: list[int] = []
    other = threading.Thread(target=lambda: board.change(pending_operations=2))

    def listen(state: SyncState) -> None:
        if state.pending_operations == 1:
            other.start()
            other.join(LONG_ENOUGH)
        told.append(state.pending_operations)

    board.follow(listen)
    board.change(pending_operations=1)
    other.join()
    assert told == [1, 2]
    assert board.state.pending_operations == 2


def test_who_begins_to_follow_hears_how_it_stands_before_anything_newer() -> None:
    board = StateBoard()
    board.change(pending_operations=1)
    told: list[int] = []
    other = threading.Thread(target=lambda: board.change(pending_operations=2))

    def listen(state: SyncState) -> None:
        if not told and not other.is_alive():
            other.start()
            other.join(LONG_ENOUGH)
        told.append(state.pending_operations)

    board.follow(listen, present=True)
    other.join()
    assert told == [1, 2]


def test_what_does_not_change_is_not_told_and_who_follows_no_more_hears_nothing() -> None:
    board = StateBoard()
    told: list[SyncState] = []
    board.follow(told.append)
    board.change(pending_operations=1)
    board.change(pending_operations=1)
    assert [state.pending_operations for state in told] == [1]
    board.unfollow(told.append)
    board.change(pending_operations=2)
    assert len(told) == 1
