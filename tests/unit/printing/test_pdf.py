"""Documents as PDF files: nothing is lost on the way to paper, and nothing is torn apart by the end of a page."""

from __future__ import annotations

import ast
import contextlib
import re
import threading
import zlib
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSizeF
from PySide6.QtGui import QPdfWriter, QTextDocument

from toolroom_desktop.adapters.vision.painter import JpegPainter
from toolroom_desktop.config.paths import program_root
from toolroom_desktop.printing.pdf import PdfPrinter
from toolroom_desktop.printing.setting import set_document
from toolroom_desktop.services.documents import (
    Document,
    Facts,
    Heading,
    Paragraph,
    Photo,
    Photos,
    SignatureLines,
    Table,
)
from toolroom_desktop.services.vision_ports import Picture

pytestmark = pytest.mark.usefixtures("qapp")

EMPTY = Document("Отчёт", "Составлен сегодня", (), ("Отчёт 7", "SHA-256: 00"), "Страница {page} из {pages}")
PAGE = 2000.0


def photo() -> bytes:
    noise = np.random.default_rng(1).integers(0, 256, (480, 640, 3), np.uint8)
    return JpegPainter().clean(Picture(noise))


def laid_out(document: Document) -> QTextDocument:
    buffer = QBuffer(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(300)
    text = set_document(document, writer, QSizeF(2000, PAGE))
    text.setParent(None)
    # The writer must live as long as the text that was laid out for it.
    text._writer = (writer, buffer)  # type: ignore[attr-defined]
    return text


def pages_of(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


def test_a_document_is_a_pdf_with_its_typeface_in_it() -> None:
    content = PdfPrinter().pdf(replace(EMPTY, blocks=(Paragraph("Бокорезы найдены", strong=True),)))
    assert content.startswith(b"%PDF")
    assert content.rstrip().endswith(b"%%EOF")
    assert b"Inter" in content
    assert re.search(rb"/FontFile[23]?\b", content), "the typeface is embedded"
    assert pages_of(content) == 1


def letters_of(content: bytes) -> str:
    """Every letter that the typefaces of a PDF say that their glyphs stand for: what can be searched and copied."""
    found = ""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        stream = packed
        with contextlib.suppress(zlib.error):
            stream = zlib.decompress(packed)
        if b"begincmap" in stream:
            found += "".join(chr(int(code, 16)) for code in re.findall(rb"<([0-9A-Fa-f]{4})>", stream))
    return found


def test_numbers_can_be_searched_and_copied_with_their_hyphens_and_colons() -> None:
    content = PdfPrinter().pdf(replace(EMPTY, title="C2026-0007", blocks=(Paragraph("08:15 (UTC+3), K-014"),)))
    assert set("C2026-007815:(UTC+3),K4") <= set(letters_of(content))


def test_every_text_of_every_block_stands_in_it() -> None:
    document = replace(
        EMPTY,
        blocks=(
            Heading("Что, где, кто"),
            Facts((("Комплект", "K-014"), ("Борт", ""))),
            Table(("Когда", "Что"), (("08:00", "Искали: <b>ниша</b> & шасси"),), (30, 70)),
            Photos((Photo(None, "Фото 1: стол", "Фото 1 нет"), Photo(photo(), "Фото 2: стол"))),
            SignatureLines(("Качество",), ("имя", "подпись", "дата")),
        ),
    )
    said = laid_out(document).toPlainText()
    for text in ("Отчёт", "Что, где, кто", "Комплект", "K-014", "Искали: <b>ниша</b> & шасси", "Фото 1 нет", "подпись"):
        assert text in said, "what people typed is text and no markup"
    assert "Борт" not in said, "what is not known is left out"
    assert said.count("\N{OBJECT REPLACEMENT CHARACTER}") == 1, "one photo is there"


def test_a_long_table_goes_over_many_pages_and_each_has_its_number() -> None:
    rows = tuple((str(number), "Осмотрена ниша левой стойки. " * 4) for number in range(200))
    content = PdfPrinter().pdf(replace(EMPTY, blocks=(Table(("№", "Что"), rows, (10, 90)),)))
    assert pages_of(content) > 5


@pytest.mark.parametrize("lines", range(0, 40, 3))
def test_no_heading_and_no_caption_is_torn_from_what_it_belongs_to(lines: int) -> None:
    blocks = (
        Paragraph("\n".join("строка" for _ in range(lines)) or "строка"),
        Heading("Фотографии"),
        Photos((Photo(photo(), "Подпись к фото 1"), Photo(photo(), "Подпись к фото 2"), Photo(photo(), "Фото 3"))),
        Heading("Подписи"),
        SignatureLines(("Качество", "Смена"), ("имя", "подпись", "дата")),
    )
    text = laid_out(replace(EMPTY, blocks=blocks))
    page_of: dict[str, set[int]] = {}
    block = text.begin()
    while block.isValid():
        area = text.documentLayout().blockBoundingRect(block)
        page_of.setdefault(block.text(), set()).update({int(area.top() // PAGE), int((area.bottom() - 1) // PAGE)})
        block = block.next()
    pictures = page_of["\N{OBJECT REPLACEMENT CHARACTER}"]
    assert page_of["Фотографии"] == page_of["Подпись к фото 1"] == page_of["Подпись к фото 2"]
    assert page_of["Фотографии"] <= pictures
    assert page_of["Фото 3"] <= pictures
    for said, pages in page_of.items():
        assert said == "\N{OBJECT REPLACEMENT CHARACTER}" or said in ("строка", "") or len(pages) == 1, said


def test_what_is_no_picture_is_said_in_its_place() -> None:
    blocks = (Photos((Photo(b"no picture at all", "Фото 1", "Фото 1 не читается"),)),)
    assert "не читается" in laid_out(replace(EMPTY, blocks=blocks)).toPlainText()
    assert PdfPrinter().pdf(replace(EMPTY, blocks=blocks)).startswith(b"%PDF")


def test_strange_names_and_right_to_left_text_print() -> None:
    names = ("=HYPERLINK(1)", "עברית", "🔧", "a" * 500, "\t\x07", "O'Neil <script>")
    blocks = (Facts(tuple((name, name) for name in names)), Table(("а",), tuple((n,) for n in names), (100,)))
    assert pages_of(PdfPrinter().pdf(replace(EMPTY, title="🔧", blocks=blocks))) == 1


def test_a_document_can_be_made_off_the_gui_thread() -> None:
    made: list[bytes] = []
    document = replace(EMPTY, blocks=(Photos((Photo(photo(), "Фото", box=(10, 10, 100, 100)),)),))
    worker = threading.Thread(target=lambda: made.append(PdfPrinter().pdf(document)))
    worker.start()
    worker.join(60)
    assert made[0].startswith(b"%PDF")


def test_paper_needs_no_widgets() -> None:
    for path in (program_root() / "toolroom_desktop" / "printing").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "PySide6.QtWidgets", path.name
