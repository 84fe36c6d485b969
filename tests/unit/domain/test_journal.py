"""The chain: whatever is changed, taken out, put in or cut off afterwards is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.journal import (
    GENESIS,
    Head,
    HybridTime,
    JournalEntry,
    canonical_json,
    content_hash,
    head_of,
    next_entry,
    seal_of,
    verify,
)

KEY = b"k" * 32
START = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
payloads = st.dictionaries(st.text(), json_values, max_size=4)


def chain(payload_list: list[dict[str, Any]], *, minutes: list[int] | None = None) -> list[JournalEntry]:
    head = Head()
    entries = []
    for number, payload in enumerate(payload_list):
        at = START + timedelta(minutes=minutes[number] if minutes else number)
        entry = next_entry(head, op_id=uuid7(), site_id="site", wall_at=at, kind="test", payload=payload, key=KEY)
        entries.append(entry)
        head = head_of(entry)
    return entries


def rehashed(entries: list[JournalEntry]) -> list[JournalEntry]:
    """The whole chain computed anew by somebody who knows the format but not the key."""
    head = GENESIS
    result = []
    for entry in entries:
        linked = replace(entry, prev_hash=head)
        linked = replace(linked, hash=content_hash(linked))
        head = linked.hash
        result.append(linked)
    return result


@given(st.lists(payloads, max_size=6))
def test_an_untouched_chain_is_whole(payload_list: list[dict[str, Any]]) -> None:
    entries = chain(payload_list)
    end = head_of(entries[-1]) if entries else Head()
    found = verify(entries, key=KEY, expected_head=end)
    assert found.whole
    assert found.entries == len(entries)
    assert found.seals_checked


@given(st.lists(payloads, min_size=1, max_size=6), payloads, st.data())
def test_a_changed_payload_is_found_at_its_place(
    payload_list: list[dict[str, Any]], other: dict[str, Any], data: st.DataObject
) -> None:
    entries = chain(payload_list)
    index = data.draw(st.integers(0, len(entries) - 1))
    changed = {**entries[index].payload, "forged": other}
    entries[index] = replace(entries[index], payload=changed)
    fault = verify(entries, key=KEY).fault
    assert fault is not None
    assert (fault.site_seq, fault.code) == (index + 1, "content")


@given(st.lists(payloads, min_size=2, max_size=6), st.data())
def test_an_entry_taken_out_of_the_middle_is_found(payload_list: list[dict[str, Any]], data: st.DataObject) -> None:
    entries = chain(payload_list)
    index = data.draw(st.integers(0, len(entries) - 2))
    del entries[index]
    fault = verify(entries, key=KEY).fault
    assert fault is not None
    assert fault.site_seq == index + 1


@given(st.lists(payloads, min_size=1, max_size=6), st.integers(1, 6))
def test_entries_cut_off_at_the_end_are_found_by_the_noted_head(payload_list: list[dict[str, Any]], cut: int) -> None:
    entries = chain(payload_list)
    kept = entries[: max(0, len(entries) - cut)]
    assert verify(kept, key=KEY).whole, "the chain alone cannot know: this is why the head is noted elsewhere"
    fault = verify(kept, key=KEY, expected_head=head_of(entries[-1])).fault
    assert fault is not None
    assert fault.code == "head"


@given(st.lists(payloads, min_size=1, max_size=6))
def test_a_chain_hashed_again_without_the_key_is_found_by_its_seals(payload_list: list[dict[str, Any]]) -> None:
    entries = chain(payload_list)
    entries[0] = replace(entries[0], payload={"forged": True})
    forged = rehashed(entries)
    assert verify(forged, key=None).whole, "without the key the forgery is consistent"
    fault = verify(forged, key=KEY).fault
    assert fault is not None
    assert fault.code == "seal"


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=8))
def test_a_clock_that_jumps_is_recorded_and_never_moves_the_order_back(minutes: list[int]) -> None:
    entries = chain([{} for _ in minutes], minutes=minutes)
    times = [entry.hlc for entry in entries]
    assert times == sorted(set(times))
    latest = None
    for minute, entry in zip(minutes, entries, strict=True):
        assert entry.clock_back == (latest is not None and minute < latest)
        latest = minute if latest is None else max(latest, minute)


def test_hybrid_time_reads_back_what_it_wrote() -> None:
    time = HybridTime(1_777_000_000_123, 42)
    assert HybridTime.parse(str(time)) == time


def test_canonical_json_is_the_same_for_the_same_content() -> None:
    assert canonical_json({"б": 1, "a": [1.5, None]}) == canonical_json({"a": [1.5, None], "б": 1})
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json({"x": float("nan")})


def test_the_seal_depends_on_the_key() -> None:
    assert seal_of("ab", KEY) != seal_of("ab", b"other")
