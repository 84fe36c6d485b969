"""Signing in, and what happens to those who guess."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.fakes import HandClock
from tests.unit.services.conftest import PIN
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.journal import verify
from toolroom_desktop.domain.people import LOCK_OUT_AFTER, Role


def kinds(records: Records) -> list[str]:
    return records.database.read(lambda uow: [entry.kind for entry in uow.journal.entries()])


def guess_wrong(records: Records, badge: str = "T-1") -> str:
    with pytest.raises(Refused) as refusal:
        records.accounts.sign_in(badge=badge, pin="000000")
    return refusal.value.code


def test_the_right_pin_signs_in_and_the_journal_says_so(station: Records) -> None:
    person = station.accounts.sign_in(badge=" t-1 ", pin=PIN)
    assert person.name == "Иванов И. И."
    assert kinds(station)[-1] == "sign_in"


def test_a_wrong_pin_is_refused_and_the_journal_says_so(station: Records) -> None:
    assert guess_wrong(station) == "people.wrong_pin"
    assert kinds(station)[-1] == "sign_in_refused"


def test_guessing_is_slowed_down_and_then_locked_out(station: Records, clock: HandClock) -> None:
    codes = []
    for _ in range(LOCK_OUT_AFTER):
        codes.append(guess_wrong(station))
        clock.advance(40)
    assert codes == ["people.wrong_pin"] * 2 + ["people.wait"] * 5 + ["people.locked_out"]
    with pytest.raises(Refused, match=re.escape("people.wait")):
        station.accounts.sign_in(badge="T-1", pin=PIN)
    clock.advance(timedelta(minutes=31).total_seconds())
    assert station.accounts.sign_in(badge="T-1", pin=PIN).wrong_pins == 0


def test_even_the_right_pin_waits_while_the_delay_runs(station: Records, clock: HandClock) -> None:
    for _ in range(3):
        guess_wrong(station)
    with pytest.raises(Refused, match=re.escape("people.wait")):
        station.accounts.sign_in(badge="T-1", pin=PIN)
    clock.advance(3)
    assert station.accounts.sign_in(badge="T-1", pin=PIN).badge == "T-1"


def test_an_attempt_is_counted_before_the_pin_is_checked(station: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    class PlugPulled(BaseException):
        pass

    def power_cut(*_: object) -> bool:
        raise PlugPulled

    monkeypatch.setattr(type(station.accounts.hasher), "verify", power_cut)
    with pytest.raises(PlugPulled):
        station.accounts.sign_in(badge="T-1", pin="000000")
    assert station.accounts.who("T-1").wrong_pins == 1


def test_a_disabled_person_is_told_so(station: Records) -> None:
    station.accounts.set_active(badge="T-1", active=False, actor_badge=None)
    with pytest.raises(Refused, match=re.escape("people.disabled")):
        station.accounts.who("T-1")
    with pytest.raises(Refused, match=re.escape("people.disabled")):
        station.accounts.sign_in(badge="T-1", pin=PIN)
    station.accounts.set_active(badge="T-1", active=True, actor_badge=None)
    assert station.accounts.sign_in(badge="T-1", pin=PIN).active


def test_an_unknown_badge_is_told_so(station: Records) -> None:
    with pytest.raises(NotFound, match=re.escape("people.unknown_badge")):
        station.accounts.who("NOBODY")


def test_a_badge_belongs_to_one_person(station: Records) -> None:
    with pytest.raises(BadInput, match=re.escape("people.badge_taken")):
        station.accounts.add_person(badge="t-1", name="Другой", role=Role.TECHNICIAN, pin=PIN, actor_badge=None)
    assert len(station.accounts.everyone()) == 3


def test_only_who_may_manage_people_adds_them(station: Records) -> None:
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        station.accounts.add_person(badge="N", name="Новый", role=Role.TECHNICIAN, pin=PIN, actor_badge="T-1")
    assert "person_added" not in kinds(station)[-1:]


def test_no_pin_ever_reaches_the_journal(station: Records) -> None:
    station.accounts.sign_in(badge="T-1", pin=PIN)
    texts = station.database.read(lambda uow: [str(entry.payload) for entry in uow.journal.entries()])
    assert texts
    assert not any(PIN in text or "argon2" in text for text in texts)


def test_everything_recorded_so_far_is_one_whole_chain(station: Records) -> None:
    station.accounts.sign_in(badge="T-1", pin=PIN)
    key = station.secrets.get_or_create("journal")
    found = station.database.read(lambda uow: verify(uow.journal.entries(), key=key, expected_head=uow.journal.head()))
    assert found.whole
    assert found.entries == len(kinds(station))


def test_the_first_administrator_needs_nobody_and_the_second_needs_the_first(records: Records) -> None:
    first = records.accounts.add_first_administrator(badge=" A-1 ", name=" Титов М. О. ", pin=PIN)
    assert (first.badge, first.name, first.role) == ("A-1", "Титов М. О.", Role.ADMINISTRATOR)
    assert kinds(records) == ["person_added"]
    assert records.accounts.sign_in(badge="A-1", pin=PIN).name == "Титов М. О."
    with pytest.raises(Refused) as refusal:
        records.accounts.add_first_administrator(badge="A-2", name="Ким С.", pin=PIN)
    assert refusal.value.code == "people.not_the_first"
    assert [person.badge for person in records.accounts.everyone()] == ["A-1"]


def test_people_without_an_administrator_do_not_open_the_door_for_one(station: Records) -> None:
    with pytest.raises(Refused) as refusal:
        station.accounts.add_first_administrator(badge="A-1", name="Титов М. О.", pin=PIN)
    assert refusal.value.code == "people.not_the_first"


def test_the_first_administrator_needs_a_pin_that_holds(records: Records) -> None:
    for pin in ("", "12345", "12345a"):
        with pytest.raises(BadInput):
            records.accounts.add_first_administrator(badge="A-1", name="Титов М. О.", pin=pin)
    assert records.accounts.everyone() == []
