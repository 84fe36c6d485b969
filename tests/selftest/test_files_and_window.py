"""What the program reads and draws: good as it ships, and every file that is gone or damaged is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from toolroom_desktop.adapters.database.migrate import SHIPPED, Migrations
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain.errors import BadProgram, UserFacingError
from toolroom_desktop.selftest import data_files, qt, window
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.doctor import Grade
from toolroom_desktop.ui import icons
from toolroom_desktop.ui.fonts import FILES
from toolroom_desktop.ui.icons import NAMES
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.shell import Place

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_shipped_files_are_whole(bench: Workbench) -> None:
    check = data_files.look(bench)
    assert check.grade is Grade.GOOD
    assert (check.facts["fonts"], check.facts["icons"]) == (len(FILES), len(NAMES))
    assert check.facts["signed_by"] == "toolroom-desktop"


def test_the_names_of_icons_and_fonts_are_those_of_the_files() -> None:
    assert sorted(NAMES) == sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert sorted(FILES) == sorted(path.name for path in resource("fonts").glob("*.otf"))


def _gone(path: Path) -> None:
    path.unlink()


def _garbage(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"\0 nothing of use \xff" * 40)


@pytest.mark.parametrize(
    ("name", "damage", "code"),
    [
        ("resources/i18n/toolroom_ru.qm", _gone, "selftest.file_unusable"),
        ("resources/i18n/toolroom_en.qm", _garbage, "selftest.file_unusable"),
        ("resources/fonts/Inter-SemiBold.otf", _gone, "selftest.file_unusable"),
        ("resources/fonts/Inter-Bold.otf", _garbage, "selftest.file_unusable"),
        ("resources/icons/kit.svg", _gone, "selftest.file_unusable"),
        ("resources/icons/missing.svg", lambda path: path.write_text("<svg/>"), "selftest.file_unusable"),
        ("models/kit11.json", _gone, "model.manifest_missing"),
        ("models/kit11.sig", _gone, "model.unsigned"),
        ("models/kit11.onnx", _garbage, "selftest.file_unusable"),
        ("resources/keys/toolroom-desktop.pem", _gone, "model.signature_unknown_key"),
    ],
)
def test_a_file_that_is_gone_or_damaged_is_named(
    bench: Workbench, program: Path, name: str, damage: Callable[[Path], object], code: str
) -> None:
    assert data_files.look(bench).grade is Grade.GOOD
    damage(program / name)
    icons._drawing.cache_clear()
    with pytest.raises(UserFacingError) as caught:
        data_files.look(bench)
    assert caught.value.code == code
    if code != "model.signature_unknown_key":
        assert Path(name).stem in str(caught.value.details["path"])


def test_a_russian_catalogue_that_speaks_english_is_found(bench: Workbench, program: Path) -> None:
    folder = program / "resources" / "i18n"
    shutil.copy(folder / "toolroom_en.qm", folder / "toolroom_ru.qm")
    for check in (data_files.look, window.look):
        with pytest.raises(BadProgram) as caught:
            check(bench)
        assert caught.value.code in ("selftest.file_unusable", "selftest.window_wordless")


def test_sentences_that_are_gone_or_silent_in_a_language_are_found(bench: Workbench, program: Path) -> None:
    folder = program / "resources" / "messages"
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(BadProgram):
        data_files.look(bench)
    (folder / "half.toml").write_text('["photo.missing"]\nen = "not there"\n', encoding="utf-8")
    with pytest.raises(BadProgram) as caught:
        data_files.look(bench)
    assert caught.value.details["reason"] == "photo.missing"


def test_a_step_of_the_database_that_was_not_packed_is_found(bench: Workbench, tmp_path: Path) -> None:
    scripts = tmp_path / "steps"
    shutil.copytree(SHIPPED.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    assert data_files.look(bench, migrations=Migrations(scripts, SHIPPED.revisions)).grade is Grade.GOOD
    newest = next(path for path in (scripts / "versions").glob("*.py") if SHIPPED.head in path.name)
    newest.unlink()
    with pytest.raises(BadProgram) as caught:
        data_files.look(bench, migrations=Migrations(scripts, SHIPPED.revisions))
    assert caught.value.details["path"] == scripts
    shutil.rmtree(scripts)
    with pytest.raises(BadProgram):
        data_files.look(bench, migrations=Migrations(scripts, SHIPPED.revisions))


def test_the_window_opens_draws_and_closes(bench: Workbench, qapp: QApplication) -> None:
    before = set(qapp.topLevelWidgets())
    check = window.look(bench)
    assert check.grade is Grade.GOOD
    assert check.facts["colours"] > 2 * window.LEAST_COLOURS
    assert set(qapp.topLevelWidgets()) <= before


@pytest.mark.parametrize(
    ("disturb", "code"),
    [
        (
            lambda shown: setattr(shown, "show_sign_in", lambda: shown.go(Place.HISTORY)),
            "selftest.window_wrong_screen",
        ),
        (lambda shown: shown.use_language("en"), "selftest.window_wordless"),
        (
            lambda shown: shown.setStyleSheet("* { color: white; background: white; border: none }"),
            "selftest.window_blank",
        ),
    ],
    ids=["another screen", "another language", "all white"],
)
def test_a_window_that_is_not_the_sign_in_screen_is_found(
    bench: Workbench, disturb: Callable[[MainWindow], None], code: str
) -> None:
    with pytest.raises(BadProgram) as caught:
        window.look(bench, disturb=disturb)
    assert caught.value.code == code


def test_colours_of_a_picture_are_counted() -> None:
    image = QImage(8, 4, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    assert window.colours(image) == 1
    image.setPixelColor(3, 2, QColor("red"))
    assert window.colours(image) == 2


def test_a_platform_that_was_not_packed_is_told_before_qt_ends_the_process(tmp_path: Path) -> None:
    assert qt.application() is QApplication.instance(), "Qt's platforms are where the self-test looks for them"
    with pytest.raises(BadProgram) as caught:
        qt.application(tmp_path)
    assert caught.value.code == "selftest.platform_missing"
