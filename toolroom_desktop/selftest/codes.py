"""The codes of labels can be made: a QR code that is read back, and a Code 128 whose bars are the standard's."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.printing.labels.codes import Modules, code_128_modules, qr_modules
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.doctor import Check, Grade

_TEXT = "KIT-RRJ32S-014"
_PIXELS_OF_A_MODULE = 6
# "AB" from the table of ISO/IEC 15417: start B, A, B, the check character (104 + 33 + 2 x 34) mod 103 = 102, stop.
_SHORT = "AB"
_BARS = "110100100001010001100010001011000111101011101100011101011"

Make = Callable[[str], Modules]


def look(_bench: Workbench, *, qr: Make = qr_modules, code_128: Make = code_128_modules) -> Check:
    """Make one of each and read it."""
    made = qr(_TEXT)
    read, _, _ = cv2.QRCodeDetector().detectAndDecode(_picture(made))
    if read != _TEXT:
        raise BadProgram("selftest.code_wrong", kind="QR", text=_TEXT)
    if "".join("1" if dark else "0" for dark in code_128(_SHORT).rows[0]) != _BARS:
        raise BadProgram("selftest.code_wrong", kind="Code 128", text=_SHORT)
    return Check("codes", Grade.GOOD, "selftest.codes", {"text": read}, {"qr_modules": len(made.rows)})


def _picture(code: Modules) -> NDArray[np.uint8]:
    """The code in black on white, with its quiet zone."""
    dark = np.pad(np.array(code.rows, dtype=bool), code.quiet)
    light = np.where(dark, 0, 255).astype(np.uint8)
    return np.kron(light, np.ones((_PIXELS_OF_A_MODULE, _PIXELS_OF_A_MODULE), np.uint8))
