"""Looking things up, and finding what was tampered with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.command_line import PIN, CommandLine, tamper, toolkit_file
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.services.demo import demo_tools

# Of a fresh demonstration: five people, the catalogue, and every tool.
ENTRIES = 6 + len(demo_tools(date(2026, 5, 4)))


def test_an_untouched_journal_is_whole(toolroom: CommandLine) -> None:
    answer = toolroom("journal", "verify", language="ru")
    assert answer.code == 0
    assert "Журнал цел" in answer.out
    report = toolroom("journal", "verify", "--json").json
    assert report["whole"] and report["seals_checked"]
    assert report["entries"] == report["head"]["site_seq"] == ENTRIES


def test_checking_a_long_journal_says_how_far_it_is(toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolroom_desktop.services.history._WATCH_EVERY", 10)
    answer = toolroom("journal", "verify", language="ru")
    said = [line.split(" (")[0] for line in answer.err.splitlines()]
    assert said == [f"проверено записей: {done} из {ENTRIES}" for done in range(10, ENTRIES + 1, 10)]
    assert "Журнал цел" in answer.out


def test_whoever_stops_checking_the_journal_is_not_kept_waiting(
    toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impatient(*_told: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("toolroom_desktop.services.history._WATCH_EVERY", 10)
    monkeypatch.setattr("toolroom_desktop.cli.progress.Progress.__call__", impatient)
    answer = toolroom("journal", "verify")
    assert answer.out == ""
    assert answer.err.strip() == Messages("en").text("cli.interrupted")
    assert toolroom("history").code == 0


@pytest.mark.parametrize(
    ("statement", "entry", "fault"),
    [
        ("UPDATE journal SET payload = replace(payload, 'DEMO-STORE', 'DEMO-STORM') WHERE site_seq = 2", 2, "content"),
        ("UPDATE journal SET payload = payload || ' ' WHERE site_seq = 3", 3, "unreadable"),
        ("UPDATE journal SET seal = replace(seal, substr(seal, 1, 1), '_') WHERE site_seq = 4", 4, "seal"),
        ("DELETE FROM journal WHERE site_seq = 5", 5, "sequence"),
        (f"DELETE FROM journal WHERE site_seq = {ENTRIES}", ENTRIES, "head"),
    ],
)
def test_the_first_bad_entry_is_named(toolroom: CommandLine, statement: str, entry: int, fault: str) -> None:
    tamper(toolroom.data, statement)
    answer = toolroom("journal", "verify")
    assert answer.code == 1
    reason = Messages("en").text(f"cli.fault.{fault}")
    assert f"number {entry}: {reason}" in answer.out
    report = toolroom("journal", "verify", "--json").json
    assert report["fault"] == {"site_seq": entry, "code": fault}
    assert report["entries"] == entry - 1


def test_an_entry_that_is_not_there_is_refused(toolroom: CommandLine) -> None:
    for wanted in (f"{ENTRIES + 1}", "0", "nonsense", "01a207c3-a933-727b-aebc-b195454cd384"):
        toolroom.refused("journal.unknown_entry", "journal", "show", wanted, id=wanted)


def test_the_history_is_newest_first_and_no_longer_than_asked(
    toolroom: CommandLine, tmp_path: Path, brace_photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOOLROOM_PIN", PIN)
    assert toolroom("history").out.strip() == Messages("en").text("cli.history.none")
    assert toolroom("history", "--json").json == []
    toolroom("kits", "import", "--yes", toolkit_file(tmp_path / "a.yaml", "brace"))
    for operation in ("checkout", "checkin"):
        toolroom(
            "check", brace_photo, "--toolkit", "small", "--record", "--badge", "DEMO-TECH", "--operation", operation
        )
    newest, oldest = toolroom("history", "--json").json
    assert (newest["operation_type"], oldest["operation_type"]) == ("checkin", "checkout")
    assert toolroom("history", "--limit", "1", "--json").json == [newest]
    table = toolroom("history", language="ru").out
    assert table.index("Сдача") < table.index("Выдача")
    assert "Соколов Алексей Дмитриевич" in table


def test_a_limit_that_is_no_count_is_refused(toolroom: CommandLine) -> None:
    for value in ("0", "-1", "two", "1.5"):
        toolroom.refused("cli.not_a_count", "history", f"--limit={value}", value=value, most=100_000)
