"""Every problem of a camera has its sentences."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import toolroom_desktop.adapters.camera as camera

ROOT = Path(camera.__file__).parents[3]
SENTENCES = tomllib.loads((ROOT / "resources" / "messages" / "camera.toml").read_text(encoding="utf-8"))


def names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_code_that_is_raised_has_sentences_and_no_sentence_is_left_over() -> None:
    raised: set[str] = set()
    for module in Path(camera.__file__).parent.glob("*.py"):
        raised |= set(re.findall(r'"(camera\.[a-z_]+)"', module.read_text(encoding="utf-8")))

    assert raised == set(SENTENCES)


def test_both_languages_name_the_same_details() -> None:
    for code, sentences in SENTENCES.items():
        assert set(sentences) == {"en", "ru"}, code
        assert names(sentences["en"]) == names(sentences["ru"]), code
        assert re.search("[а-яё]", sentences["ru"]), code
