"""Every sentence that the program can want is there, in both languages, with the same gaps to fill."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toolroom_desktop.config.messages import LANGUAGES, Messages, placeholders, sentences
from toolroom_desktop.config.paths import program_root
from toolroom_desktop.config.settings_guide import settings_declared
from toolroom_desktop.domain import errors
from toolroom_desktop.domain.detection import PictureProblem
from toolroom_desktop.domain.errors import NotFound, Refused, UserFacingError
from toolroom_desktop.domain.inspection import ManualReason, PositionState, Status, UnsureReason
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import Permission, Person, Role

SOURCE = program_root() / "toolroom_desktop"
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, UserFacingError)}
# Methods that look a sentence up; the keyword arguments fill its gaps.
SPEAKERS = {"text", "say", "remark"}
CODE = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")
DATABASE_SCRIPTS = "toolroom_desktop/adapters/database/migrations/"
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
# Sentences that are the same in both languages: names and numbers alone.
WORDLESS = re.compile(r"\{[^}]*\}|[\W\d]|SQLite|Toolroom Desktop|Python")


@dataclass(frozen=True)
class Use:
    """A sentence that the program wants, and where. `given` is None where the details cannot be told."""

    place: str
    code: str
    given: frozenset[str] | None


def called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def uses_in(text: str, place: str) -> Iterator[Use]:
    """Every literal code handed to an error or to a method that looks sentences up."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        first = node.args[0]
        code = first.value if isinstance(first, ast.Constant) else None
        if not isinstance(code, str) or not CODE.fullmatch(code) or called(node) not in ERRORS | SPEAKERS:
            continue
        given = None if any(k.arg is None for k in node.keywords) else frozenset(k.arg or "" for k in node.keywords)
        yield Use(f"{place}:{node.lineno}", code, given)


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE.parent).as_posix(), path.read_text(encoding="utf-8")


def literals() -> Iterator[tuple[str, str]]:
    """(place, text) of every text of the source that could be a code or, before a gap, the beginning of one."""
    for place, text in sources():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield place, node.value


def test_every_code_in_the_source_has_its_sentence() -> None:
    uses = [use for place, text in sources() for use in uses_in(text, place)]
    assert len(uses) > 100
    assert [(use.place, use.code) for use in uses if use.code not in sentences()] == []


def test_every_gap_of_a_sentence_is_filled_where_it_is_used() -> None:
    lacking = []
    for place, text in sources():
        for use in uses_in(text, place):
            wanted = placeholders(sentences().get(use.code, {}).get("en", ""))
            if use.given is not None and not wanted <= use.given:
                lacking.append((use.place, use.code, sorted(wanted - use.given)))
    assert lacking == []


def test_every_text_that_looks_like_a_code_of_a_known_area_is_one() -> None:
    # Codes that reach a sentence by way of a variable: a table of codes, a choice between two.
    areas = {code.split(".")[0] for code in sentences()}
    settings = {name for name, _ in settings_declared()}
    endings = (
        ".jpg",
        ".json",
        ".lock",
        ".log",
        ".md",
        ".new",
        ".onnx",
        ".png",
        ".py",
        ".running",
        ".sqlite",
        ".toml",
        ".txt",
    )
    strange = [
        (place, text)
        for place, text in literals()
        if CODE.fullmatch(text)
        and text.split(".")[0] in areas
        and text not in sentences()
        and text not in settings
        and not text.endswith("_")  # the beginning of several codes
        and not text.endswith(endings)
        # There "table.column" is a column.
        and not place.startswith(("toolroom_desktop/adapters/database/tables", DATABASE_SCRIPTS))
    ]
    assert strange == []


def test_both_languages_have_every_sentence_with_the_same_gaps() -> None:
    for code, texts in sentences().items():
        assert set(texts) == set(LANGUAGES), code
        assert placeholders(texts["ru"]) == placeholders(texts["en"]), code
        assert all(text.strip() == text or code.startswith("cli.ask_") for text in texts.values()), code


def test_no_sentence_was_left_in_the_other_language() -> None:
    for code, texts in sentences().items():
        assert not CYRILLIC.search(texts["en"]), code
        if WORDLESS.sub("", texts["en"]):
            assert CYRILLIC.search(texts["ru"]), code


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("cli.status", Status),
        ("cli.state", PositionState),
        ("cli.unsure", UnsureReason),
        ("cli.manual", ManualReason),
        ("cli.picture", PictureProblem),
        ("cli.operation", OperationType),
        ("cli.role", Role),
        ("permission", Permission),
    ],
)
def test_every_word_of_the_domain_is_spoken(prefix: str, words: type[Status]) -> None:
    spoken = {code.removeprefix(f"{prefix}.") for code in sentences() if code.startswith(f"{prefix}.")}
    assert spoken == {word.value for word in words}


def test_every_sentence_of_the_command_line_is_used() -> None:
    texts = {text for _, text in literals()}
    beginnings = tuple(text for text in texts if text.startswith("cli.") and text.endswith((".", "_")))
    unused = [
        code
        for code in sentences()
        if code.startswith(("cli.", "import.", "export.")) and code not in texts and not code.startswith(beginnings)
    ]
    assert unused == []


def test_the_gate_finds_what_it_is_for() -> None:
    found = list(uses_in('raise BadInput("a.b", c=1)\nx.say("d.e")\nBadPhoto("f.g", **more)\nprint("h.i")', "here"))
    assert found == [
        Use("here:1", "a.b", frozenset({"c"})),
        Use("here:2", "d.e", frozenset()),
        Use("here:3", "f.g", None),
    ]


def test_a_sentence_shows_times_and_paths_as_people_write_them() -> None:
    at = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
    for language, pattern in (("ru", "%d.%m.%Y %H:%M"), ("en", "%Y-%m-%d %H:%M")):
        messages = Messages("ru" if language == "ru" else "en")
        text = messages.text("operation.kit_already_out", kit="K-1", name="Анна", since=at)
        assert at.astimezone().strftime(pattern) in text
    assert "04.05.2026" in Messages("ru").text("people.expired", name="Анна", day=at.date())
    assert "2026-05-04" in Messages("en").text("people.expired", name="Анна", day=at.date())
    error = NotFound("import.missing", path=Path("наборы.yaml"))
    assert "наборы.yaml" in Messages("ru").error(error)


def test_a_refusal_says_in_words_what_is_not_permitted_and_who_may() -> None:
    with pytest.raises(Refused) as refused:
        Person("T-1", "Анна", Role.TECHNICIAN).require(Permission.EXPORT)
    said = Messages("en").error(refused.value)
    assert "take records out of the station" in said
    assert "shift lead, quality" in said
    assert "начальник смены" in Messages("ru").error(refused.value)


def test_a_code_without_a_sentence_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        Messages("en").text("no.such_code")
