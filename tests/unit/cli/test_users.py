"""People, by the command line."""

from __future__ import annotations

import getpass
import io
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.command_line import CommandLine
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.domain.errors import Refused

ADD = ("users", "add", "--badge", "B-77", "--name", "Яковлева Анна", "--role", "storekeeper")


class Terminal(io.StringIO):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


def typing(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Somebody sits at the terminal and types these answers at the prompts for secrets."""
    left = list(answers)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: left.pop(0))


def signs_in(toolroom: CommandLine, badge: str, pin: str) -> str:
    records = open_records(toolroom.data)
    try:
        return records.accounts.sign_in(badge=badge, pin=pin).name
    finally:
        records.close()


def test_somebody_added_with_a_pin_typed_twice_signs_in(toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "753951", "753951")
    answer = toolroom(*ADD, language="ru")
    assert answer.code == 0
    assert "B-77" in answer.out and "кладовщик" in answer.out
    assert signs_in(toolroom, "b-77", "753951") == "Яковлева Анна"


def test_a_pin_may_come_from_the_environment(toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    toolroom.refused("cli.pin_variable_missing", *ADD, "--pin-from-env", variable="TOOLROOM_NEW_PIN")
    monkeypatch.setenv("TOOLROOM_NEW_PIN", "753951")
    assert toolroom(*ADD, "--pin-from-env").code == 0
    assert signs_in(toolroom, "B-77", "753951") == "Яковлева Анна"


def test_pins_that_differ_or_are_too_short_add_nobody(toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "753951", "753952", "753951", "753952")
    toolroom.refused("cli.pins_differ", *ADD)
    typing(monkeypatch, "1234", "")
    toolroom.refused("people.pin_form", *ADD, least=6, most=12)
    assert len(toolroom("users", "list", "--json").json) == 5


def test_bad_people_are_refused(toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLROOM_NEW_PIN", "753951")
    add = ("users", "add", "--name", "Кто-то", "--role", "quality", "--badge")
    toolroom.refused("people.badge_taken", *add, "demo-qa", badge="DEMO-QA")
    toolroom.refused("people.badge_empty", *add, " ")
    known = "technician, storekeeper, shift_lead, quality, administrator"
    toolroom.refused("cli.not_one_of", *ADD[:-1], "boss", value="boss", known=known)


def test_a_disabled_account_is_shown_and_can_be_enabled_again(toolroom: CommandLine) -> None:
    assert toolroom("users", "disable", "demo-tech").code == 0
    assert "disabled" in toolroom("users", "list").out
    assert toolroom("users", "enable", "DEMO-TECH").code == 0
    assert "disabled" not in toolroom("users", "list").out
    toolroom.refused("people.unknown_badge", "users", "disable", "NOBODY", badge="NOBODY")


def test_the_list_never_shows_what_a_pin_is_kept_as(toolroom: CommandLine) -> None:
    assert "argon2" not in toolroom("users", "list", "--json").out


def person(toolroom: CommandLine, badge: str = "B-77") -> dict[str, object]:
    return next(p for p in toolroom("users", "list", "--json").json if p["badge"] == badge)


def test_a_last_day_is_given_shown_and_taken_away(toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLROOM_NEW_PIN", "753951")
    assert toolroom(*ADD, "--expires", "31.12.2099").code == 0
    assert person(toolroom)["expires_on"] == "2099-12-31"
    assert "2099-12-31" in toolroom("users", "list").out
    assert toolroom("users", "change", "b-77", "--expires", "2098-01-02").code == 0
    assert person(toolroom)["expires_on"] == "2098-01-02"
    assert toolroom("users", "change", "b-77", "--expires", "never").code == 0
    assert person(toolroom)["expires_on"] is None
    toolroom.refused("tool.not_a_date", "users", "change", "B-77", "--expires", "31.02.2099", text="31.02.2099")
    toolroom.refused("people.expires_past", "users", "change", "B-77", "--expires", "2001-01-01")


def test_name_and_role_are_changed_and_nothing_else(toolroom: CommandLine) -> None:
    before = person(toolroom, "DEMO-STORE")
    changed = toolroom("users", "change", "demo-store", "--name", "Морозова Е. В.", "--role", "shift-lead", "--json")
    assert changed.json == {**before, "name": "Морозова Е. В.", "role": "shift_lead", "kits_held": []}
    toolroom.refused("cli.users.nothing_to_change", "users", "change", "DEMO-STORE")


def test_the_last_administrator_stays_one(toolroom: CommandLine) -> None:
    name = "Титов Максим Олегович"
    toolroom.refused("people.last_administrator", "users", "disable", "DEMO-ADMIN", name=name)
    toolroom.refused("people.last_administrator", "users", "change", "demo-admin", "--role", "quality", name=name)
    assert person(toolroom, "DEMO-ADMIN")["active"] is True


def test_a_pin_from_the_command_line_must_be_changed_but_the_first_administrator_chose_it(
    toolroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOOLROOM_NEW_PIN", "753951")
    assert toolroom(*ADD).code == 0
    assert person(toolroom)["must_change_pin"] is True
    assert person(toolroom, "DEMO-TECH")["must_change_pin"] is False
    assert toolroom("users", "pin", "demo-tech").code == 0
    assert person(toolroom, "DEMO-TECH")["must_change_pin"] is True
    assert "PIN to be changed" in toolroom("users", "list").out
    first = ("users", "add", "--badge", "A-1", "--name", "Титов М. О.", "--role", "administrator")
    empty = CommandLine(tmp_path / "empty")
    assert empty("init").code == 0
    assert empty(*first).code == 0
    assert person(empty, "A-1")["must_change_pin"] is False


def test_a_lock_is_shown_and_ended(toolroom: CommandLine) -> None:
    for _ in range(3):
        with pytest.raises(Refused):
            signs_in(toolroom, "DEMO-TECH", "000000")
    records = open_records(toolroom.data)
    try:
        later = records.clock.now() + timedelta(hours=1)
        someone = records.accounts.who("DEMO-TECH")
        records.database.write(lambda uow: uow.people.save(replace(someone, locked_until=later)))
    finally:
        records.close()
    assert person(toolroom, "DEMO-TECH")["locked_until"] == later.isoformat()
    assert "locked until" in toolroom("users", "list").out
    answer = toolroom("users", "unlock", "demo-tech")
    assert (answer.code, "DEMO-TECH" in answer.out) == (0, True)
    assert person(toolroom, "DEMO-TECH")["locked_until"] is None
    assert "locked until" not in toolroom("users", "list").out
    assert signs_in(toolroom, "DEMO-TECH", "246810")
