"""What labels say to scanners: both forms lead back to the same name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.domain.marks import Mark, Named, can_stand_alone, read_mark, write_mark

NAMES = st.text(min_size=1, max_size=40).map(str.strip).filter(bool)
# What a scanner's keys give on a Windows PC with the Russian layout, where it differs from the Latin one in more than
# the letters, which the scanner's reader puts back.
RUSSIAN_KEYS = str.maketrans(
    {"/": ".", "?": ",", "@": '"', "#": "№", "$": ";", "^": ":", "&": "?", "|": "/", "\\": "\\"}
)


@given(st.sampled_from(Named), NAMES)
def test_whatever_is_written_is_read_again(kind: Named, name: str) -> None:
    written = write_mark(kind, name)
    assert read_mark(written) == Mark(name, kind)
    assert read_mark(f" {written.swapcase()} ").kind is kind


@given(st.sampled_from(Named), NAMES)
def test_a_label_says_the_same_on_every_keyboard_layout(kind: Named, name: str) -> None:
    written = write_mark(kind, name)
    assert written.isascii()
    assert written.translate(RUSSIAN_KEYS) == written


@given(NAMES)
def test_what_stands_alone_is_typed_alike_and_taken_for_no_prefix(name: str) -> None:
    if can_stand_alone(name):
        assert name.translate(RUSSIAN_KEYS) == name
        assert read_mark(name) == Mark(name)


@pytest.mark.parametrize("plain", ["K-014", "DEMO-TECH", "C2026-0007", "004711", "a b_c"])
def test_ordinary_numbers_stand_alone(plain: str) -> None:
    assert can_stand_alone(plain)
    assert read_mark(plain) == Mark(plain)


@pytest.mark.parametrize("doubtful", ["7", "014", "К-014", "RRJ/014", "K.014", "TR:K:1", "tr:x", "K-014\t1", "№ 014"])
def test_what_is_short_cyrillic_or_another_key_elsewhere_does_not(doubtful: str) -> None:
    assert not can_stand_alone(doubtful)


@pytest.mark.parametrize("text", ["TR:K:", "TR:X:7", "TR:K", "TR:K:%FF", "K:TR:7", ""])
def test_what_only_looks_like_a_prefix_is_a_plain_text(text: str) -> None:
    assert read_mark(text) == Mark(text)
