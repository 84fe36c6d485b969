"""The files that the program reads while it runs are all there and can be used."""

from __future__ import annotations

import re

from alembic.config import Config
from alembic.script import ScriptDirectory
from PySide6.QtCore import QByteArray, QTranslator
from PySide6.QtGui import QFontDatabase, QImage

from toolroom_desktop.adapters.central.setup import FUNCTIONS, STEPS, script
from toolroom_desktop.adapters.database.migrate import SHIPPED, Migrations
from toolroom_desktop.adapters.vision.manifest import read_manifest_file
from toolroom_desktop.adapters.vision.model_store import signer_of
from toolroom_desktop.adapters.vision.session import read_model_file
from toolroom_desktop.bootstrap import SHIPPED_MODEL, trusted_keys
from toolroom_desktop.config.messages import LANGUAGES, read_sentences
from toolroom_desktop.config.paths import models_folder, resource
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.selftest.qt import application, remarks
from toolroom_desktop.services.doctor import Check, Grade
from toolroom_desktop.ui.fonts import FAMILY, FILES
from toolroom_desktop.ui.icons import NAMES, pixmap
from toolroom_desktop.ui.translation import catalogue

# A text of the windows that is in every version, with the class that says it.
_KNOWN_TEXT = ("SignInScreen", "Scan your badge")
_CYRILLIC = re.compile("[А-Яа-я]")
_ICON_SIZE = 24


def look(bench: Workbench, *, migrations: Migrations = SHIPPED) -> Check:
    """Read sentences, translations, fonts, icons, the database's steps and the model's signature."""
    application()
    with remarks():
        counts = {
            "sentences": _sentences(),
            "fonts": _fonts(),
            "icons": _icons(),
            "steps": _steps(migrations) + _centre_steps(),
        }
        _translations()
    holder = _model(bench)
    details: dict[str, object] = {**counts, "holder": holder}
    return Check("data_files", Grade.GOOD, "selftest.data_files", details, {**counts, "signed_by": holder})


def _sentences() -> int:
    """How many sentences there are; each speaks every language."""
    sentences = read_sentences(resource("messages"))
    silent = [code for code, texts in sentences.items() if not all(texts.get(language) for language in LANGUAGES)]
    if silent or not sentences:
        raise BadProgram("selftest.file_unusable", path=resource("messages"), reason=", ".join(silent[:1]) or "0")
    return len(sentences)


def _centre_steps() -> int:
    """How many steps make a database the centre."""
    for name in (*(f"{step}.sql" for step in STEPS), *FUNCTIONS):
        try:
            script(name)
        except (OSError, UnicodeDecodeError) as error:
            raise BadProgram("selftest.file_unusable", path=name, reason=str(error)) from error
    return len(STEPS)


def _translations() -> None:
    for language in LANGUAGES:
        path = catalogue(language)
        translator = QTranslator()
        if not translator.load(str(path)):
            raise BadProgram("selftest.file_unusable", path=path, reason="QTranslator")
        said = translator.translate(*_KNOWN_TEXT)
        if language == "ru" and not _CYRILLIC.search(said or ""):
            raise BadProgram("selftest.file_unusable", path=path, reason=_KNOWN_TEXT[1])


def _fonts() -> int:
    for name in FILES:
        path = resource("fonts", name)
        number = QFontDatabase.addApplicationFontFromData(QByteArray(path.read_bytes() if path.is_file() else b""))
        if number < 0:
            raise BadProgram("selftest.file_unusable", path=path, reason="QFontDatabase")
        families = QFontDatabase.applicationFontFamilies(number)
        if FAMILY not in families:
            raise BadProgram("selftest.file_unusable", path=path, reason=", ".join(families))
    return len(FILES)


def _icons() -> int:
    for name in NAMES:
        path = resource("icons", f"{name}.svg")
        try:
            image = pixmap(name, "#000000", _ICON_SIZE).toImage()
        except OSError as error:
            raise BadProgram("selftest.file_unusable", path=path, reason=error.strerror or str(error)) from error
        if _nothing_drawn(image):
            raise BadProgram("selftest.file_unusable", path=path, reason="QSvgRenderer")
    return len(NAMES)


def _nothing_drawn(image: QImage) -> bool:
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    return not any(bytes(alpha.constBits()))


def _steps(migrations: Migrations) -> int:
    """How many steps of the database there are: those that the program knows of, in their order."""
    config = Config()
    config.set_main_option("script_location", str(migrations.scripts).replace("%", "%%"))
    try:
        steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    except Exception as error:
        raise BadProgram("selftest.file_unusable", path=migrations.scripts, reason=str(error)) from error
    if steps != list(migrations.revisions):
        raise BadProgram("selftest.file_unusable", path=migrations.scripts, reason=", ".join(steps) or "0")
    return len(steps)


def _model(bench: Workbench) -> str:
    """Whose trusted key signed the shipped model, whose file is the one of its manifest."""
    described = read_manifest_file(models_folder() / SHIPPED_MODEL)
    holder = signer_of(described, trusted_keys(Settings(), bench.folder))
    if read_model_file(described.model_path).sha256 != described.manifest.sha256:
        raise BadProgram("selftest.file_unusable", path=described.model_path, reason="SHA-256")
    return holder
