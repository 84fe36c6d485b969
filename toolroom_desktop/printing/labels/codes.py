"""QR and Code 128 as modules, dark and light; how large one is drawn is the layout's matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import segno
from barcode.codex import Code128
from barcode.errors import BarcodeError

from toolroom_desktop.domain.errors import BadInput

QR_QUIET = 4
"""Light modules around a QR code (ISO/IEC 18004, 9.1)."""
CODE_128_QUIET = 10
"""Light modules left and right of a Code 128 (ISO/IEC 15417, 4.6)."""
_MOST_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Modules:
    """A code without its quiet zone: rows of modules, True where dark. A Code 128 has one row."""

    rows: tuple[tuple[bool, ...], ...]
    quiet: int

    @property
    def across(self) -> int:
        """Modules from side to side, quiet zones among them."""
        return len(self.rows[0]) + 2 * self.quiet

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """(row, column, length) of every stretch of dark modules; the first module is at 0, 0."""
        for row, modules in enumerate(self.rows):
            begun = None
            for column, dark in enumerate((*modules, False)):
                if dark and begun is None:
                    begun = column
                elif not dark and begun is not None:
                    yield row, begun, column - begun
                    begun = None


class _Code128(Code128):  # type: ignore[misc]  # the library has no types
    """python-barcode 0.16 takes a text that begins with 99 for one that begins with a change of the code set, and
    leaves the 99 out."""

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        begins_with_pair = len(self.code) > 1 and self.code[:2].isdigit()
        optimized: list[int] = encoded if begins_with_pair else super()._try_to_optimize(encoded)
        return optimized


@lru_cache(maxsize=1024)
def qr_modules(text: str, *, dense: bool = False) -> Modules:
    """The text as the smallest QR code of level M, which reads with 15 % of it gone; `dense` is content with 7 % (L).

    A level higher is taken where it makes no larger code. Raises `BadInput("labels.text_too_long")`.
    """
    if len(text) > _MOST_CHARACTERS:
        raise BadInput("labels.text_too_long", text=text[:40])
    code = segno.make_qr(text, error="l" if dense else "m")
    return Modules(tuple(tuple(bool(module) for module in row) for row in code.matrix), QR_QUIET)


@lru_cache(maxsize=512)
def code_128_modules(text: str) -> Modules:
    """The text as a Code 128; raises `BadInput("labels.text_too_long")`, `BadInput("labels.not_in_code_128")`."""
    if len(text) > _MOST_CHARACTERS:
        raise BadInput("labels.text_too_long", text=text[:40])
    if not (text.isascii() and text.isprintable()):
        raise BadInput("labels.not_in_code_128", text=text)
    try:
        (pattern,) = _Code128(text).build()
    except BarcodeError:
        raise BadInput("labels.not_in_code_128", text=text) from None
    return Modules((tuple(module == "1" for module in pattern),), CODE_128_QUIET)
