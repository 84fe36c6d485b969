"""Where the code and the words of one label stand. Lengths in millimetres, from the label's corner.

A module is never smaller than what a label printer of 203 dots per inch draws cleanly and a common scanner reads: three
dots for QR, two for Code 128. Where there is room, it is a whole number of such dots.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.labels import FORMATS, Label, LabelCode, LabelFormat, LabelOptions
from toolroom_desktop.printing.fonts import FAMILY
from toolroom_desktop.printing.labels.codes import Modules, code_128_modules, qr_modules

UNITS = 100
"""Units of a millimetre in which texts are measured and painted: fonts want whole numbers."""
LEAST_QR_MODULE = 0.33
LEAST_CODE_128_MODULE = 0.25
_DOT = 0.125
"""A dot of a label printer with 8 dots a millimetre (203 a inch)."""
_MOST_MODULE = {LabelCode.QR: 1.0, LabelCode.CODE_128: 0.5}
# Sheets run through a printer up to a millimetre askew; what would be cut off first is text.
_EDGE = 1.0
# Letters such as "j" begin a little left of where they are put, and the quiet zone must stay quiet.
_OVERHANG = 0.4
_LEAST_BARS = 5.0
_MM_PER_POINT = 25.4 / 72
_LEAST_NUMBER = 5.5 * _MM_PER_POINT
_MOST_NUMBER = 26 * _MM_PER_POINT
_LEAST_LINE = 5.0 * _MM_PER_POINT
_MOST_LINE = 11 * _MM_PER_POINT
_LEADING = 1.2
_ROWS_OF_A_NUMBER = 3
_ROWS_OF_A_LINE = 3
_PARTED_AFTER = "-_/. "


@dataclass(frozen=True, slots=True)
class Row:
    """A row of text: its rectangle (left, top, width, height), the size of its letters, and whether it is bold."""

    text: str
    place: tuple[float, float, float, float]
    size: float
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class LaidLabel:
    """A label ready to be painted; `corner` is where the first dark module may stand."""

    modules: Modules
    module: float
    bar_height: float
    corner: tuple[float, float]
    rows: tuple[Row, ...]


def label_font(size: float, *, bold: bool = False) -> QFont:
    """Letters `size` millimetres high, in a painter with `UNITS` of a millimetre."""
    font = QFont(FAMILY)
    font.setPixelSize(max(1, round(size * UNITS)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    # Without contextual forms, so that the numbers of a PDF can be searched and copied.
    font.setFeature(QFont.Tag("calt"), 0)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def lay_label(label: Label, options: LabelOptions) -> LaidLabel:
    """Lay one label out.

    Raises `BadInput`: "labels.code_does_not_fit" and "labels.number_does_not_fit", which name formats that hold it, and
    what the codes raise.
    """
    try:
        return _lay(label, options.format, options.code, with_lines=options.with_lines)
    except _TooSmall as small:
        fitting = [one.name for one in FORMATS if _fits(label, one, options)]
        code = small.code if fitting else f"{small.code}_anywhere"
        raise BadInput(
            code,
            number=label.number,
            format=options.format.name,
            size=f"{options.format.width:g} x {options.format.height:g}",
            formats=", ".join(fitting),
        ) from None


class _TooSmall(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _fits(label: Label, format_: LabelFormat, options: LabelOptions) -> bool:
    try:
        _lay(label, format_, options.code, with_lines=False)
    except _TooSmall:
        return False
    return True


def _lay(label: Label, format_: LabelFormat, code: LabelCode, *, with_lines: bool) -> LaidLabel:
    lines = label.lines if with_lines else ()
    if code is LabelCode.QR:
        return _beside_qr(label, lines, format_)
    return _below_bars(label, lines, format_)


def _module(room: float, modules: int, least: float, most: float) -> float:
    """The size of a module so that so many fit into `room`: whole dots where that is not too small."""
    size = min(room / modules, most)
    # A ten-thousandth of a millimetre is no reason to give a dot away.
    whole = int(size / _DOT + 1e-4) * _DOT
    if whole >= least:
        return whole
    if size + 1e-4 < least:
        raise _TooSmall("labels.code_does_not_fit")
    return size


def _beside_qr(label: Label, lines: tuple[str, ...], format_: LabelFormat) -> LaidLabel:
    modules = qr_modules(label.text)
    if modules.across * LEAST_QR_MODULE > min(format_.height, format_.width):
        modules = qr_modules(label.text, dense=True)
    needed = modules.across * LEAST_QR_MODULE
    # The quiet zone is white paper: it may reach to the label's edge.
    room = min(format_.height, max(format_.width * 0.5, needed))
    module = _module(room, modules.across, LEAST_QR_MODULE, _MOST_MODULE[LabelCode.QR])
    side = modules.across * module
    quiet = modules.quiet * module
    edge = min(_EDGE, format_.height * 0.045)
    area = (side + _OVERHANG, edge, format_.width - side - _OVERHANG - _EDGE, format_.height - 2 * edge)
    rows = _words(label.number, lines, area, centred=False)
    return LaidLabel(modules, module, module, (quiet, (format_.height - side) / 2 + quiet), rows)


def _below_bars(label: Label, lines: tuple[str, ...], format_: LabelFormat) -> LaidLabel:
    modules = code_128_modules(label.text)
    module = _module(format_.width, modules.across, LEAST_CODE_128_MODULE, _MOST_MODULE[LabelCode.CODE_128])
    words = _LEAST_NUMBER * _LEADING
    bars = max(_LEAST_BARS, (format_.height - 2 * _EDGE) * 0.5)
    if 2 * _EDGE + _LEAST_BARS + words > format_.height + 1e-4:
        raise _TooSmall("labels.code_does_not_fit")
    bars = min(bars, format_.height - 2 * _EDGE - words)
    width = modules.across * module
    area = (_EDGE, _EDGE + bars + 0.3, format_.width - 2 * _EDGE, format_.height - 2 * _EDGE - bars - 0.3)
    rows = _words(label.number, lines, area, centred=True)
    return LaidLabel(modules, module, bars, ((format_.width - width) / 2 + modules.quiet * module, _EDGE), rows)


def _words(
    number: str, lines: tuple[str, ...], area: tuple[float, float, float, float], *, centred: bool
) -> tuple[Row, ...]:
    left, top, width, height = area
    tallest = height * (0.5 if lines else 0.8) / _LEADING
    size, parts = _number(number, width, height, min(_MOST_NUMBER, max(_LEAST_NUMBER, tallest)))
    used = len(parts) * size * _LEADING
    shown = [(text, size, True) for text in parts]
    rest = height - used
    line = min(_MOST_LINE, max(_LEAST_LINE, rest / _LEADING / 4), size)
    for place, text in enumerate(lines):
        later = len(lines) - place - 1
        room = int(rest / (line * _LEADING) + 1e-4)
        if room < 1:
            break
        # The first line says most; the others get one row each where there is one.
        most = min(_ROWS_OF_A_LINE, max(1, room - later))
        for part in _wrapped(text, _measure(line), width, most if place == 0 else 1):
            shown.append((part, line, False))
            rest -= line * _LEADING
    whole = sum(size * _LEADING for _, size, _ in shown)
    at = top + (height - whole) / 2
    rows = []
    for text, size, bold in shown:
        rows.append(Row(text, (left, at, width, size * _LEADING), size, bold, centred))
        at += size * _LEADING
    return tuple(rows)


def _number(number: str, width: float, height: float, largest: float) -> tuple[float, list[str]]:
    """The size at which the number stands in one row, else its parts in the smallest size. Nothing is left out."""
    size = largest
    advance = _measure(size, bold=True)(number)
    if advance > width:
        size = max(_LEAST_NUMBER, size * width / advance * 0.98)
    fits = _measure(size, bold=True)
    if fits(number) <= width:
        return size, [number]
    parts: list[str] = []
    rest = number
    while rest:
        most = next((most for most in range(len(rest), 0, -1) if fits(rest[:most]) <= width), 0)
        if most == 0 or len(parts) == _ROWS_OF_A_NUMBER:
            raise _TooSmall("labels.number_does_not_fit")
        if most < len(rest):
            # Where people would part it, as far as that does not waste half a row.
            most = next((end for end in range(most, most // 2, -1) if rest[end - 1] in _PARTED_AFTER), most)
        parts.append(rest[:most])
        rest = rest[most:]
    if len(parts) * size * _LEADING > height:
        raise _TooSmall("labels.number_does_not_fit")
    return size, parts


def _measure(size: float, *, bold: bool = False) -> Callable[[str], float]:
    metrics = QFontMetricsF(label_font(size, bold=bold))
    return lambda text: metrics.horizontalAdvance(text) / UNITS


def _wrapped(text: str, advance: Callable[[str], float], width: float, most: int) -> list[str]:
    """The text in at most so many rows; what has no room ends with "…"."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and advance(longer) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    kept = rows[:most]
    if len(rows) > most:
        kept[-1] = f"{kept[-1]} …"
    return [_shortened(row, advance, width) for row in kept if row]


def _shortened(text: str, advance: Callable[[str], float], width: float) -> str:
    if advance(text) <= width:
        return text
    bare = text.removesuffix("…").rstrip()
    while bare and advance(f"{bare}…") > width:
        bare = bare[:-1].rstrip()
    return f"{bare}…"


_ALIGNED = Qt.AlignmentFlag.AlignVCenter


def alignment(row: Row) -> Qt.AlignmentFlag:
    """How a row stands in its rectangle."""
    return _ALIGNED | (Qt.AlignmentFlag.AlignHCenter if row.centred else Qt.AlignmentFlag.AlignLeft)
