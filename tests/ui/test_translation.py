"""The gate of the catalogues: complete, up to date, compiled, and with the same blanks to fill."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from toolroom_desktop.config.messages import LANGUAGES, Language, placeholders
from toolroom_desktop.config.paths import resource
from toolroom_desktop.ui.translation import Translations
from toolroom_desktop.ui.update_translations import collect, compile_catalogue

RUSSIAN_FORMS = 3


def catalogue(language: str) -> Path:
    return resource("i18n", f"toolroom_{language}.ts")


def messages(path: Path) -> Iterator[tuple[str, ET.Element]]:
    """(context, message) of a .ts file."""
    text = path.read_text(encoding="utf-8")
    for context in ET.fromstring(text[text.index("<TS") :]).findall("context"):
        for message in context.findall("message"):
            yield context.findtext("name", ""), message


def entries(path: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """(context, source) -> translated forms."""
    found = {}
    for context, message in messages(path):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        found[context, message.findtext("source", "")] = tuple(forms)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_knows_every_text_of_the_sources_and_no_other(language: Language, tmp_path: Path) -> None:
    copy = Path(shutil.copy(catalogue(language), tmp_path / "copy.ts"))
    collect(copy, language)
    now, before = set(entries(copy)), set(entries(catalogue(language)))
    hint = "run: python -m toolroom_desktop.ui.update_translations"
    assert (now - before, before - now) == (set(), set()), hint


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: Language) -> None:
    unfinished = [
        (context, message.findtext("source"))
        for context, message in messages(catalogue(language))
        if (translation := message.find("translation")) is None or translation.get("type") is not None
    ]
    assert unfinished == []
    empty = [key for key, forms in entries(catalogue(language)).items() if not all(forms)]
    assert empty == []


def test_russian_plurals_have_three_forms() -> None:
    for context, message in messages(catalogue("ru")):
        if message.get("numerus"):
            assert len(message.findall("translation/numerusform")) == RUSSIAN_FORMS, (context, message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_the_text_fills_in(language: Language) -> None:
    for (context, source), forms in entries(catalogue(language)).items():
        for form in forms:
            assert placeholders(form) == placeholders(source), (context, source)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_one_of_the_text(language: Language, tmp_path: Path) -> None:
    compiled = tmp_path / "fresh.qm"
    compile_catalogue(catalogue(language), compiled)
    assert compiled.read_bytes() == catalogue(language).with_suffix(".qm").read_bytes()


def test_switching_back_and_forth_leaves_no_words_behind(qtbot: QtBot) -> None:
    translations = Translations()
    try:
        translations.use("ru")
        assert QCoreApplication.translate("HomeScreen", "My kits") == "Мои комплекты"
        translations.use("en")
        assert QCoreApplication.translate("HomeScreen", "My kits") == "My kits"
    finally:
        translations.clear()
