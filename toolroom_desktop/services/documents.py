"""Documents for paper: what stands in them, without how it is set. `printing` makes PDF files of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; what follows it stays on its page as far as possible."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text. `strong` ones are what decides."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what it is; those without a value are left out."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titles. `widths` are shares of the page's width in per cent, one a column."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo with what it shows.

    content  the file's bytes; None where it is gone, and then `instead` says so
    box      (x1, y1, x2, y2) in its pixels, around what it is about; None for none
    """

    content: bytes | None
    caption: str
    instead: str = ""
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos, two side by side."""

    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """Lines to sign on: who, then the words under the lines for name, signature and date."""

    who: tuple[str, ...]
    under: tuple[str, str, str]


Block = Heading | Paragraph | Facts | Table | Photos | SignatureLines


@dataclass(frozen=True, slots=True)
class Document:
    """A document.

    title, subtitle  at its head
    footer           on every page, besides the page's number
    page             "Page {page} of {pages}" in its language
    """

    title: str
    subtitle: str
    blocks: Sequence[Block]
    footer: tuple[str, ...]
    page: str


class DocumentPrinter(Protocol):
    """Makes files of documents. May be used from any thread."""

    def pdf(self, document: Document) -> bytes:
        """The document as a PDF file, A4, its typeface embedded."""
