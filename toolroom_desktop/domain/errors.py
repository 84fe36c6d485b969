"""Two error roots.

`UserFacingError` is the environment's or the input's fault: it is shown as a sentence in the user's language with
what to do next. Everything else is a fault of the program and ends in the crash log.

An error carries a `code` and `details`, never a ready sentence: the sentences are in `resources/messages/*.toml`, in
every language of the program, and are chosen where they are shown.
"""

from __future__ import annotations

PERSONAL = frozenset({"name", "badge", "holder"})
"""Details that name a person, and so do not belong into logs and crash files, which hold `str` of an error."""


class UserFacingError(Exception):
    """Something that the user can understand and mend.

    `code` is the key of the sentence (``"photo.not_an_image"``), `details` are the values that the sentence names.
    """

    def __init__(self, code: str, /, **details: object) -> None:
        super().__init__(code, details)
        self.code = code
        self.details: dict[str, object] = details

    def __str__(self) -> str:
        shown = ", ".join(
            f"{name}={'***' if name in PERSONAL else repr(value)}" for name, value in self.details.items()
        )
        return f"{self.code}({shown})"


class BadPhoto(UserFacingError):
    """A photo that cannot be used: missing, empty, truncated, too large or of an unknown kind."""


class BadModel(UserFacingError):
    """A model that is refused: damaged, not a YOLOv8 detector, or different from its manifest."""


class BadSettings(UserFacingError):
    """A settings file with an unknown key or a value of a wrong kind."""


class BadImportFile(UserFacingError):
    """An import file with errors; `details` name the file and the line."""


class CameraProblem(UserFacingError):
    """A camera that cannot be opened, is busy, or has gone."""


class DatabaseProblem(UserFacingError):
    """The local database cannot be used: read-only, locked, damaged, too new, or the disk is full."""


class CentreProblem(UserFacingError):
    """The centre cannot be used now, or refuses this station; the station goes on without it."""


class Refused(UserFacingError):
    """A rule of the toolroom forbids the command: a kit already out, a wrong PIN, a missing permission."""


class NotFound(UserFacingError):
    """Something named by the user (kit, toolkit, person, operation) is not known here."""


class BadProgram(UserFacingError):
    """A part of the installed program does not work or is not there; `toolroom selftest` found it."""


class BadInput(UserFacingError):
    """A value that the user gave cannot be taken."""
