"""Reads Code 128 out of a picture, by the tables of ISO/IEC 15417 and nothing of what draws them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

# Widths of bar, space, bar, space, bar, space of the symbol characters 0 to 105; the stop character has 7 elements.
_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
)
_VALUES = {widths: value for value, widths in enumerate(_TABLE.split())}
_STOP = "2331112"
_START = {103: "A", 104: "B", 105: "C"}
_SWITCH = {("A", 100): "B", ("A", 99): "C", ("B", 101): "A", ("B", 99): "C", ("C", 101): "A", ("C", 100): "B"}
_QUIET = 10


class Unreadable(Exception):
    """There is no Code 128 in the picture, or it is not as the standard wants it."""


def read_code_128(picture: NDArray[np.uint8]) -> str:
    """The text of the one code in a grey picture; raises `Unreadable`."""
    dark = picture < 128
    for row in range(0, len(dark), max(1, len(dark) // 40)):
        for elements in _candidates(dark[row]):
            try:
                return _text(elements)
            except Unreadable:
                continue
    raise Unreadable


def _candidates(row: NDArray[np.bool_]) -> Iterator[list[int]]:
    """The lengths of dark and light stretches from the first dark pixel to the last, where both sides are quiet."""
    edges = np.flatnonzero(np.diff(row.astype(np.int8))) + 1
    if len(edges) < 2 or row[0] or row[-1]:
        return
    lengths = np.diff(edges).tolist()
    module = sum(lengths[:6]) / 11
    quiet = min(edges[0], len(row) - edges[-1])
    # A pixel lost to rounding on either side is none of the quiet zone's.
    if quiet + 1 >= _QUIET * module:
        yield lengths


def _text(elements: list[int]) -> str:
    if len(elements) < 6 * 3 + 7 or (len(elements) - 7) % 6:
        raise Unreadable
    module = sum(elements[:6]) / 11
    widths = "".join(str(round(length / module)) for length in elements)
    if widths[-7:] != _STOP:
        raise Unreadable
    try:
        values = [_VALUES[widths[at : at + 6]] for at in range(0, len(widths) - 7, 6)]
    except KeyError:
        raise Unreadable from None
    *data, check = values
    if (
        data[0] not in _START
        or (data[0] + sum(place * value for place, value in enumerate(data[1:], 1))) % 103 != check
    ):
        raise Unreadable
    return _said(_START[data[0]], data[1:])


def _said(code_set: str, values: list[int]) -> str:
    text = ""
    for value in values:
        if (code_set, value) in _SWITCH:
            code_set = _SWITCH[code_set, value]
        elif code_set == "C":
            if value > 99:
                raise Unreadable
            text += f"{value:02}"
        elif value > 95:
            raise Unreadable
        else:
            text += chr(value + 32 if code_set == "B" or value < 64 else value - 64)
    return text
