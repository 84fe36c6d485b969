"""`toolroom labels`: files of labels, and sentences where there can be none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import CommandLine
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.domain.labels import FORMATS

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(("kind", "count"), [("kits", 2), ("badges", 5)])
def test_labels_are_written_and_said_to_be_printed_unscaled(
    toolroom: CommandLine, tmp_path: Path, kind: str, count: int
) -> None:
    for language in LANGUAGES:
        out = tmp_path / f"метки-{language}.pdf"
        answer = toolroom("labels", kind, "--out", out, language=language)
        assert answer.code == 0, answer
        assert answer.out.strip() == Messages(language).text("labels.written", count=count, pages=1, path=out)
        assert out.read_bytes().startswith(b"%PDF")


def test_tools_without_a_marking_are_counted_beside_the_answer(toolroom: CommandLine, tmp_path: Path) -> None:
    tools = toolroom("tools", "list", "--kit", "K-014", "--json").json
    marked = [place["tool"]["marking"] for place in tools if place["tool"] and place["tool"]["marking"]]
    answer = toolroom("labels", "tools", "--kit", "K-014", "--format", "l7651", "--out", tmp_path / "t.pdf")
    assert (answer.code, answer.out.split()[0]) == (0, str(len(marked)))
    some = toolroom("labels", "tools", "--tool", f"{marked[0]},{marked[1]}", "--copies", 2, "--out", tmp_path / "s.pdf")
    assert some.out.split()[0] == "4"


def test_the_formats_are_listed(toolroom: CommandLine) -> None:
    listed = toolroom("labels", "formats", "--json").json
    assert [one["name"] for one in listed] == [one.name for one in FORMATS]
    for language in LANGUAGES:
        table = toolroom("labels", "formats", language=language).out
        assert all(one.name in table for one in FORMATS)
        assert ("25,4 x 10" if language == "ru" else "25.4 x 10") in table


def test_a_file_that_is_there_already_is_kept_unless_told_otherwise(toolroom: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "k.pdf"
    out.write_bytes(b"mine")
    toolroom.refused("document.there_already", "labels", "kits", "--out", out, path=out)
    assert out.read_bytes() == b"mine"
    assert toolroom("labels", "kits", "--out", out, "--overwrite").code == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_printed_is_refused_in_both_languages(toolroom: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    toolroom.refused("labels.unknown_format", "labels", "kits", "--format", "A5", "--out", out, name="A5")
    toolroom.refused("labels.start", "labels", "kits", "--start", 22, "--out", out, start=22)
    toolroom.refused(
        "labels.code_does_not_fit", "labels", "kits", "--code", "code128", "--format", "L4731", "--out", out
    )
    toolroom.refused("kit.unknown", "labels", "kits", "--kit", "K-999", "--out", out, code="K-999")
    toolroom.refused("tool.unknown", "labels", "tools", "--tool", "nothing", "--out", out, code="nothing")
    toolroom.refused("people.unknown_badge", "labels", "badges", "--badge", "nobody", "--out", out, badge="nobody")
    toolroom.refused("document.not_written", "labels", "kits", "--out", tmp_path / "no" / "x.pdf")
    assert not out.exists()
