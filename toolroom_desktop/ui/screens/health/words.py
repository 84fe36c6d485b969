"""What the health page says besides the sentences of the checks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.services.doctor import Grade
from toolroom_desktop.ui.widgets.parts import Judgement

GRADE_ICONS: dict[Grade, str] = {Grade.GOOD: "present", Grade.NOTE: "notice", Grade.BAD: "missing"}
GRADE_JUDGEMENTS: dict[Grade, Judgement] = {Grade.GOOD: "ok", Grade.NOTE: "look", Grade.BAD: "bad"}


def grade_word(grade: Grade) -> str:
    """How a check came out, in a word or two."""
    return {
        Grade.GOOD: QCoreApplication.translate("HealthWords", "in order"),
        Grade.NOTE: QCoreApplication.translate("HealthWords", "worth knowing"),
        Grade.BAD: QCoreApplication.translate("HealthWords", "must be mended"),
    }[grade]


def advice(name: str) -> str:
    """What to do when the check of that name is bad; empty where its own sentence is all there is to say."""
    return {
        "folder": QCoreApplication.translate(
            "HealthWords",
            "Give the user of this program the right to write into that folder, or start the program with --data and a "
            "folder where it may.",
        ),
        "settings": QCoreApplication.translate(
            "HealthWords",
            "Correct the file with a text editor, or rename it: without it the defaults hold. Then start the "
            "program again.",
        ),
        "database": QCoreApplication.translate(
            "HealthWords",
            "Close the program and copy the whole data folder to a safe place before anything else. Then put the last "
            "backup in place with “toolroom restore”.",
        ),
        "policy": QCoreApplication.translate(
            "HealthWords",
            "Correct or remove the policy that is named; only whoever looks after this computer may. Then start the "
            "program again.",
        ),
        "backup": QCoreApplication.translate(
            "HealthWords", "Mend what is said about the records; the next start makes a backup by itself."
        ),
        "secrets": QCoreApplication.translate(
            "HealthWords",
            "Start the program as the same user of the operating system as before, or put secrets.json back into the "
            "data folder. Without the keys no PIN can be checked.",
        ),
        "model": QCoreApplication.translate(
            "HealthWords",
            "Go back to the former model under “Models”, or with “toolroom model rollback”; or install a signed one "
            "with “toolroom model install”.",
        ),
        "camera": QCoreApplication.translate("HealthWords", "Choose the camera anew under “Set up this station”."),
        "disk": QCoreApplication.translate(
            "HealthWords", "Delete what is not needed on this disk, but nothing in the data folder."
        ),
    }.get(name, "")
