"""What Windows shows under "Details" of a program."""

from __future__ import annotations

from typing import Any

PUBLISHER = "Toolroom Desktop developers"
LICENCE = "AGPL-3.0-or-later"
_US_ENGLISH, _UNICODE = 1033, 1200


def numbers(version: str) -> tuple[int, int, int, int]:
    """A version like "1.2.3" as Windows wants it. Raises `ValueError` for anything else."""
    parts = [int(part) for part in version.split(".")]
    if len(parts) != 3 or any(not 0 <= part <= 65535 for part in parts):
        raise ValueError(f"{version!r} is no version of three numbers")
    return parts[0], parts[1], parts[2], 0


def version_resource(version: str, program: str, title: str) -> Any:
    """The resource for one program."""
    from PyInstaller.utils.win32 import versioninfo as parts

    texts = {
        "CompanyName": PUBLISHER,
        "FileDescription": title,
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": LICENCE,
        "OriginalFilename": f"{program}.exe",
        "ProductName": "Toolroom Desktop",
        "ProductVersion": version,
    }
    table = parts.StringTable(f"{_US_ENGLISH:04x}{_UNICODE:04x}", [parts.StringStruct(*item) for item in texts.items()])
    return parts.VSVersionInfo(
        ffi=parts.FixedFileInfo(
            filevers=numbers(version), prodvers=numbers(version), mask=0x3F, OS=0x40004, fileType=1
        ),
        kids=[
            parts.StringFileInfo([table]),
            parts.VarFileInfo([parts.VarStruct("Translation", [_US_ENGLISH, _UNICODE])]),
        ],
    )
