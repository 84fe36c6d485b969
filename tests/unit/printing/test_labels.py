"""Labels on paper: a scanner that knows nothing of this program reads them, and nothing on them is cut."""

from __future__ import annotations

import re
import shutil
import string
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage

from tests.unit.printing import qr_reader
from tests.unit.printing.code_128_reader import Unreadable, read_code_128
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.labels import (
    FORMATS,
    CutMarks,
    Label,
    LabelCode,
    LabelFormat,
    LabelOptions,
    LabelSheet,
    format_named,
)
from toolroom_desktop.domain.marks import Named, write_mark
from toolroom_desktop.printing.labels.layout import (
    LEAST_CODE_128_MODULE,
    LEAST_QR_MODULE,
    UNITS,
    LaidLabel,
    label_font,
    lay_label,
)
from toolroom_desktop.printing.labels.paper import LabelPaper, page_image

pytestmark = pytest.mark.usefixtures("qapp")

DENSITIES = (203, 300)
"""Dots per inch of label printers."""
NAME = "Облегчённый набор для RRJ/737/32S"
LONG = "Набор для обслуживания основных стоек шасси Boeing 737 и замены тормозов колёс, исполнение второе, дополненное"
TEXTS = st.text(string.ascii_letters + string.digits + "-_+. /:%", min_size=1, max_size=18).filter(
    lambda text: text.strip() == text
)
drawn = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sheet(*labels: Label, format_: str = "L7160", **options: object) -> LabelSheet:
    return LabelSheet(labels, LabelOptions(format_named(format_), **options))  # type: ignore[arg-type]


def grey(image: QImage) -> NDArray[np.uint8]:
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : image.width()].copy()


def cut_out(page: NDArray[np.uint8], format_: LabelFormat, place: int, dots_per_inch: float) -> NDArray[np.uint8]:
    """One label of a page, to the pixel inside its edges."""
    dots = dots_per_inch / 25.4
    left, top = format_.corner(place)
    return page[
        round(top * dots) : round((top + format_.height) * dots),
        round(left * dots) : round((left + format_.width) * dots),
    ]


def read_qr(label: NDArray[np.uint8]) -> str:
    """What OpenCV reads."""
    framed = cv2.copyMakeBorder(label, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=(255,))
    for scale in (1.0, 2.0):
        text, _, _ = cv2.QRCodeDetector().detectAndDecode(cv2.resize(framed, None, fx=scale, fy=scale))
        if text:
            return str(text)
    return ""


def read_clean_qr(sheet: LabelSheet, dots_per_inch: float) -> str:
    """What the reader of the tests reads on the first label."""
    label = cut_out(grey(page_image(sheet, 0, dots_per_inch)), sheet.options.format, 0, dots_per_inch)
    made = lay_label(sheet.labels[0], sheet.options)
    return qr_reader.read_clean_qr(label[:, : int(made.modules.across * made.module / 25.4 * dots_per_inch) + 1])


def read(label: NDArray[np.uint8], code: LabelCode) -> str:
    return read_qr(label) if code is LabelCode.QR else read_code_128(label)


# --- what a scanner reads


@pytest.mark.parametrize("dots_per_inch", DENSITIES)
@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
def test_every_format_is_read_at_the_densities_of_label_printers(format_: LabelFormat, dots_per_inch: int) -> None:
    labels = tuple(Label(text, text, (NAME,)) for text in ("K-014", "DEMO-TECH", "TR:T:A+1", "00417"))
    bars = () if format_.name == "L4731" else labels[:1]
    for code, shown in ((LabelCode.QR, labels), (LabelCode.CODE_128, bars)):
        if not shown:
            continue
        made = LabelSheet(shown, LabelOptions(format_, code))
        for nth, label in enumerate(shown):
            page = grey(page_image(made, nth // format_.per_page, dots_per_inch))
            assert read(cut_out(page, format_, nth % format_.per_page, dots_per_inch), code) == label.text


@drawn
@given(TEXTS)
@pytest.mark.parametrize("dots_per_inch", DENSITIES)
def test_whatever_text_goes_into_a_code_128_comes_out_of_it(dots_per_inch: int, text: str) -> None:
    made = sheet(Label(text, text), format_="CARD", code=LabelCode.CODE_128)
    page = grey(page_image(made, 0, dots_per_inch))
    assert read_code_128(cut_out(page, made.options.format, 0, dots_per_inch)) == text


@drawn
@given(TEXTS)
@pytest.mark.parametrize("dots_per_inch", DENSITIES)
def test_whatever_text_goes_into_a_qr_code_comes_out_of_it(dots_per_inch: int, text: str) -> None:
    assert read_clean_qr(sheet(Label(text, text), format_="50x25"), dots_per_inch) == text


@drawn
@given(st.text(string.digits, min_size=1, max_size=22))
@example("99")
@example("9912345")
@example("100")
def test_numbers_of_any_length_are_read_although_digits_share_a_character(digits: str) -> None:
    assert read_clean_qr(sheet(Label(digits, digits), format_="50x25"), 203) == digits
    made = sheet(Label(digits, digits), format_="CARD", code=LabelCode.CODE_128)
    assert read_code_128(cut_out(grey(page_image(made, 0, 203)), made.options.format, 0, 203)) == digits


@drawn
@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВ-0123456789/", min_size=1, max_size=12).map(str.strip).filter(bool))
def test_a_cyrillic_number_is_carried_in_letters_that_every_scanner_types(number: str) -> None:
    text = write_mark(Named.KIT, number)
    made = sheet(Label(text, number), format_="62x29")
    assert read_clean_qr(made, 203) == text
    assert text.isascii()


def test_the_readers_of_the_tests_do_not_read_what_is_wrong() -> None:
    """A bar moved, a quiet zone with something in it, a module turned: none of it is what went in."""
    made = sheet(Label("K-014", "K-014"), format_="L7160", code=LabelCode.CODE_128)
    label = cut_out(grey(page_image(made, 0, 300)), made.options.format, 0, 300)
    assert read_code_128(label) == "K-014"
    middle = label.copy()
    middle[:, label.shape[1] // 2 : label.shape[1] // 2 + 4] ^= 0xFF
    crowded = label.copy()
    dark = np.flatnonzero((label < 128).any(axis=0))
    crowded[:, dark[0] - 12 : dark[0] - 8] = 0
    for spoilt in (middle, crowded):
        with pytest.raises(Unreadable):
            read_code_128(spoilt)
    square = grey(page_image(sheet(Label("K-014", "7"), format_="62x29"), 0, 300))[:, : round(29 / 25.4 * 300)]
    assert qr_reader.read_clean_qr(square) == "K-014"
    crowded = square.copy()
    crowded[: len(crowded) // 2, 20:24] = 0
    dark = np.flatnonzero((square < 128).any(axis=0))[-1]
    square[dark - 35 : dark + 1, dark - 35 : dark + 1] ^= 0xFF
    for spoilt in (square, crowded):
        with pytest.raises(qr_reader.Unreadable):
            qr_reader.read_clean_qr(spoilt)


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed here")
@pytest.mark.parametrize("code", LabelCode)
@pytest.mark.parametrize("dots_per_inch", DENSITIES)
def test_the_file_itself_is_read_as_another_program_draws_it(
    tmp_path: Path, code: LabelCode, dots_per_inch: int
) -> None:
    made = sheet(*(Label(f"K-{n:03}", f"K-{n:03}", (NAME,)) for n in range(1, 6)), start=20, code=code)
    (tmp_path / "labels.pdf").write_bytes(LabelPaper().pdf(made))
    order = ["pdftoppm", "-r", str(dots_per_inch), "-gray", "labels.pdf", "page"]
    subprocess.run(order, cwd=tmp_path, check=True)
    pages = sorted(tmp_path.glob("page-*.pgm"))
    assert len(pages) == made.pages == 2
    for nth, place in enumerate((19, 20, 21, 22, 23)):
        page = cv2.imdecode(np.frombuffer(pages[place // 21].read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert page is not None
        label = np.asarray(cut_out(page.astype(np.uint8), made.options.format, place % 21, dots_per_inch))
        assert read(label, code) == f"K-{nth + 1:03}"


# --- how large things are


def laid(label: Label, format_: LabelFormat, code: LabelCode = LabelCode.QR) -> LaidLabel:
    return lay_label(label, LabelOptions(format_, code))


@pytest.mark.parametrize("code", LabelCode)
@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
@pytest.mark.parametrize("text", ["K-1", "K-014", "KIT-RRJ32S-014", "TR:K:%D0%9A-014"])
def test_no_code_is_finer_than_scanners_read_and_its_quiet_zone_is_on_the_label(
    format_: LabelFormat, code: LabelCode, text: str
) -> None:
    try:
        made = laid(Label(text, text, (LONG, "B737-LG-11")), format_, code)
    except BadInput as refusal:
        assert refusal.code.startswith("labels.code_does_not_fit")
        return
    least = LEAST_QR_MODULE if code is LabelCode.QR else LEAST_CODE_128_MODULE
    assert made.module >= least - 1e-6
    quiet = made.modules.quiet * made.module
    left, top = made.corner
    width = len(made.modules.rows[0]) * made.module
    assert left >= quiet - 1e-6
    assert left + width + quiet <= format_.width + 1e-6
    if code is LabelCode.QR:
        assert top >= quiet - 1e-6
        assert top + width + quiet <= format_.height + 1e-6
        words = [row.place[0] for row in made.rows]
        assert min(words) >= left + width + quiet - 1e-6, "no word stands in the quiet zone"
    else:
        assert min(row.place[1] for row in made.rows) >= top + made.bar_height


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
@pytest.mark.parametrize("number", ["7", "K-014", "KIT-RRJ32S-014", "ИНСТР-000417-Б", "W" * 12])
@pytest.mark.parametrize("lines", [(), (LONG,), (LONG, "RRJ/737/32S"), ("Д" * 200, "Ш" * 90, "x")])
def test_every_word_lies_on_its_label_and_the_number_is_whole(
    format_: LabelFormat, number: str, lines: tuple[str, ...]
) -> None:
    made = laid(Label(number[:9], number, lines), format_)
    page = QRectF(0, 0, format_.width, format_.height)
    for row in made.rows:
        place = QRectF(*row.place)
        assert page.contains(place), row
        written = QFontMetricsF(label_font(row.size, bold=row.bold)).horizontalAdvance(row.text) / UNITS
        assert written <= place.width() + 0.05, row
    assert "".join(row.text for row in made.rows if row.bold) == number
    tops = [row.place[1] for row in made.rows]
    assert tops == sorted(tops)
    for above, below in zip(made.rows, made.rows[1:], strict=False):
        assert below.place[1] >= above.place[1] + above.place[3] - 1e-6


def test_a_name_that_is_too_long_ends_with_dots() -> None:
    made = laid(Label("K-014", "K-014", (LONG,)), format_named("L7651"))
    shown = [row.text for row in made.rows if not row.bold]
    assert shown[-1].endswith("…")
    assert LONG.startswith(" ".join(shown).rstrip("… ").strip())


def test_a_number_is_parted_where_people_would_part_it() -> None:
    made = laid(Label("K-014", "KIT-RRJ32S-014", (NAME,)), format_named("L4731"))
    assert [row.text for row in made.rows if row.bold] == ["KIT-RRJ32S-", "014"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_code_without_room_is_refused_with_the_formats_that_hold_it(language: str) -> None:
    with pytest.raises(BadInput) as refused:
        laid(Label("K-014", "K-014"), format_named("L4731"), LabelCode.CODE_128)
    said = Messages("ru" if language == "ru" else "en").error(refused.value)
    for name in ("K-014", "L4731", "25.4 x 10", "L7651", "CARD"):
        assert name in said
    assert refused.value.details["formats"] == "L7651, L7160, L7163, A4-70x37, 62x29, 50x25, CARD-A4, CARD"


def test_what_no_format_holds_is_refused_without_naming_one() -> None:
    with pytest.raises(BadInput) as refused:
        laid(Label("K" * 60, "K" * 60), format_named("L7160"), LabelCode.CODE_128)
    assert refused.value.code == "labels.code_does_not_fit_anywhere"
    with pytest.raises(BadInput) as refused:
        laid(Label("K-1", "W" * 150), format_named("L7160"))
    assert refused.value.code == "labels.number_does_not_fit_anywhere"


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("К-014", LabelCode.CODE_128, "labels.not_in_code_128"),
        ("K\t014", LabelCode.CODE_128, "labels.not_in_code_128"),
        ("K" * 500, LabelCode.CODE_128, "labels.text_too_long"),
        ("K" * 500, LabelCode.QR, "labels.text_too_long"),
    ],
)
def test_a_text_that_the_code_cannot_carry_is_refused(text: str, code: LabelCode, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        laid(Label(text, "K-014"), format_named("L7163"), code)
    assert refused.value.code == sentence


# --- the file


def test_the_file_has_its_size_its_typeface_and_the_wish_not_to_be_scaled() -> None:
    made = sheet(Label("K-014", "K-014", (NAME,)), format_="50x25")
    content = LabelPaper().pdf(replace(made, title="Этикетки"))
    assert content.startswith(b"%PDF")
    assert content.rstrip().endswith(b"%%EOF")
    assert re.search(rb"/FontFile[23]?\b", content), "the typeface is embedded"
    width, height = (float(side) for side in re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", content).groups())  # type: ignore[union-attr]
    assert (width, height) == pytest.approx((50 / 25.4 * 72, 25 / 25.4 * 72), abs=0.6)
    assert content.count(b"/PrintScaling /None") == 1
    newest = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    assert content[newest : newest + 4] == b"xref"
    at = int(re.search(rb"(\d{10}) 00000 n", content[newest:])[1])  # type: ignore[index]
    assert re.match(rb"\d+ 0 obj\s*<<\s*/Type\s*/Catalog", content[at : at + 60])


def test_a_sheet_used_in_part_begins_where_it_is_told_and_copies_lie_side_by_side() -> None:
    made = sheet(Label("K-001", "K-001"), Label("K-002", "K-002"), start=20, copies=2)
    last = grey(page_image(made, 0, 203))
    format_ = made.options.format
    assert [place for place in range(21) if cut_out(last, format_, place, 203).min() < 128] == [19, 20]
    assert read_qr(cut_out(last, format_, 19, 203)) == read_qr(cut_out(last, format_, 20, 203)) == "K-001"
    following = grey(page_image(made, 1, 203))
    assert [read_qr(cut_out(following, format_, place, 203)) for place in (0, 1)] == ["K-002", "K-002"]
    assert made.pages == 2


@pytest.mark.parametrize("marks", CutMarks)
def test_lines_to_cut_along_are_there_only_when_they_are_asked_for(marks: CutMarks) -> None:
    made = sheet(Label("K-001", "K-001"), format_="CARD-A4", marks=marks)
    page = grey(page_image(made, 0, 300))
    dots = 300 / 25.4
    left, top = made.options.format.corner(0)
    above = page[round((top - 2) * dots), round((left - 1) * dots) : round((left + 1) * dots)]
    edge = page[round((top + 30) * dots), round((left - 1) * dots) : round((left + 1) * dots)]
    assert (above.min() < 200, edge.min() < 200) == {
        CutMarks.NONE: (False, False),
        CutMarks.FRAME: (False, True),
        CutMarks.CORNERS: (True, False),
    }[marks]


def test_making_a_file_can_be_watched_and_stopped() -> None:
    class Enough(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise Enough

    with pytest.raises(Enough):
        LabelPaper().pdf(sheet(*(Label(f"K-{n:03}", f"K-{n:03}") for n in range(10))), stop)
