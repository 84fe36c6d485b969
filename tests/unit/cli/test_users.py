"""People, by the command line."""

from __future__ import annotations

import getpass
import io
import sys

import pytest

from tests.command_line import CommandLine
from toolroom_desktop.bootstrap import open_records

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
