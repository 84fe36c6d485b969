"""PINs, lock-outs, last days and roles: who changes them, and what the journal keeps of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from tests.fakes import HandClock, frame_of, plain_picture
from tests.unit.services.conftest import PIN
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.inspection import inspect
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import LOCK_OUT_AFTER, PersonChange, Role
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds
from toolroom_desktop.services.operation_input import Confirmation, Evidence

NEW = "864209"
TODAY = date(2026, 5, 4)


@pytest.fixture
def station(station: Records) -> Records:
    """The common station with an administrator."""
    station.accounts.add_person(badge="A-1", name="Титов М. О.", role=Role.ADMINISTRATOR, pin=PIN, actor_badge=None)
    return station


def last(records: Records) -> tuple[str, Mapping[str, Any]]:
    entry = records.database.read(lambda uow: list(uow.journal.entries()))[-1]
    return entry.kind, entry.payload


def kinds(records: Records) -> list[str]:
    return records.database.read(lambda uow: [entry.kind for entry in uow.journal.entries()])


# --- one's own PIN


def test_a_person_changes_the_pin_and_the_journal_says_that_without_either_pin(station: Records) -> None:
    station.accounts.change_pin(badge="t-1", old_pin=PIN, new_pin=NEW)
    assert last(station) == ("pin_changed", {"badge": "T-1"})
    assert station.accounts.sign_in(badge="T-1", pin=NEW).badge == "T-1"
    with pytest.raises(Refused, match=re.escape("people.wrong_pin")):
        station.accounts.sign_in(badge="T-1", pin=PIN)


def test_the_old_pin_must_be_right_and_guessing_it_here_is_slowed_down_as_everywhere(station: Records) -> None:
    codes = []
    for _ in range(3):
        with pytest.raises(Refused) as refusal:
            station.accounts.change_pin(badge="T-1", old_pin="000000", new_pin=NEW)
        codes.append(refusal.value.code)
    assert codes == ["people.wrong_pin", "people.wrong_pin", "people.wait"]
    kind, told = last(station)
    assert (kind, told["command"], told["badge"]) == ("refused", "pin_change", "T-1")
    with pytest.raises(Refused, match=re.escape("people.wait")):
        station.accounts.sign_in(badge="T-1", pin=PIN)


def test_the_same_pin_again_or_one_of_a_wrong_form_is_no_new_pin(station: Records) -> None:
    with pytest.raises(BadInput, match=re.escape("people.pin_same")):
        station.accounts.change_pin(badge="T-1", old_pin=PIN, new_pin=PIN)
    with pytest.raises(BadInput, match=re.escape("people.pin_form")):
        station.accounts.change_pin(badge="T-1", old_pin=PIN, new_pin="1234")
    assert station.accounts.sign_in(badge="T-1", pin=PIN).badge == "T-1"


# --- PINs that somebody else gave


def given(station: Records) -> None:
    station.accounts.set_pin(badge="T-1", pin=NEW, actor_badge="A-1")


def test_a_pin_from_the_administrator_lets_its_owner_in_to_change_it_and_to_nothing_else(station: Records) -> None:
    given(station)
    assert last(station) == ("pin_set", {"badge": "T-1", "by": "A-1"})
    person = station.accounts.sign_in(badge="T-1", pin=NEW)
    assert person.must_change_pin
    with pytest.raises(Refused, match=re.escape("people.pin_must_change")):
        station.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit="K-1")
    with pytest.raises(Refused, match=re.escape("people.pin_must_change")):
        station.accounts.sign(badge="T-1", pin=NEW, purpose=Purpose.WITNESS, subject="x")
    assert not station.accounts.change_pin(badge="T-1", old_pin=NEW, new_pin="975310").must_change_pin
    assert station.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit="K-1").person_badge == "T-1"


def test_an_administrator_with_the_pin_of_somebody_else_administers_nothing(station: Records) -> None:
    station.accounts.add_person(badge="A-2", name="Ким С.", role=Role.ADMINISTRATOR, pin=NEW, actor_badge="A-1")
    with pytest.raises(Refused, match=re.escape("people.pin_must_change")):
        station.accounts.unlock(badge="T-1", actor_badge="A-2")


def test_who_chose_the_pin_decides_whether_it_must_be_changed(station: Records) -> None:
    def add(badge: str, *, pin: str = NEW, actor: str | None = None, pin_given: bool = False) -> bool:
        return station.accounts.add_person(
            badge=badge, name="Новый", role=Role.TECHNICIAN, pin=pin, actor_badge=actor, pin_given=pin_given
        ).must_change_pin

    assert not add("N-1")
    assert add("N-2", pin_given=True)
    assert add("N-3", actor="A-1")
    assert not add("N-4", actor="A-1", pin="")
    assert station.accounts.set_pin(badge="N-4", pin=NEW, actor_badge=None).must_change_pin


def test_an_administrator_cannot_pass_over_the_own_old_pin(station: Records) -> None:
    with pytest.raises(Refused, match=re.escape("people.own_pin")):
        station.accounts.set_pin(badge="a-1", pin=NEW, actor_badge="A-1")
    assert last(station)[1]["reason"] == "people.own_pin"


# --- lock-outs


def lock_out(station: Records, clock: HandClock) -> None:
    for _ in range(LOCK_OUT_AFTER):
        clock.advance(40)
        with pytest.raises(Refused):
            station.accounts.sign_in(badge="T-1", pin="000000")


def test_the_administrator_ends_a_lock_out_and_the_pin_stays(station: Records, clock: HandClock) -> None:
    lock_out(station, clock)
    assert last(station)[1]["wrong_pins"] == LOCK_OUT_AFTER
    with pytest.raises(Refused, match=re.escape("people.wait")):
        station.accounts.sign_in(badge="T-1", pin=PIN)
    assert not station.accounts.unlock(badge="t-1", actor_badge="A-1").locked(clock.now())
    assert last(station) == ("person_unlocked", {"badge": "T-1", "by": "A-1"})
    assert station.accounts.sign_in(badge="T-1", pin=PIN).wrong_pins == 0


def test_a_new_pin_ends_a_lock_out_too(station: Records, clock: HandClock) -> None:
    lock_out(station, clock)
    given(station)
    assert station.accounts.sign_in(badge="T-1", pin=NEW).wrong_pins == 0


def test_only_an_administrator_unlocks_and_the_attempt_is_in_the_journal(station: Records) -> None:
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        station.accounts.unlock(badge="T-1", actor_badge="L-1")
    expected = {"badge": "L-1", "command": "person_unlock", "subject": "T-1", "reason": "people.not_permitted"}
    assert last(station) == ("refused", expected)


# --- the end of accounts


def test_an_account_ends_with_its_last_day_at_the_stations_own_time(station: Records, clock: HandClock) -> None:
    accounts = station.accounts
    accounts.add_person(badge="G-1", name="Гость", role=Role.STOREKEEPER, pin=PIN, expires_on=TODAY, actor_badge=None)
    assert accounts.sign_in(badge="G-1", pin=PIN).expires_on == TODAY
    clock.advance(timedelta(hours=12, minutes=59).total_seconds())  # 20:59 UTC is 23:59 at the station
    assert accounts.badge_shown("G-1").badge == "G-1"
    clock.advance(60)
    for attempt in (
        lambda: accounts.badge_shown("G-1"),
        lambda: accounts.sign_in(badge="G-1", pin=PIN),
        lambda: accounts.sign(badge="G-1", pin=PIN, purpose=Purpose.GIVER, subject="x"),
        lambda: accounts.signer(badge="G-1", purpose=Purpose.GIVER, subject="x"),
    ):
        with pytest.raises(Refused, match=re.escape("people.expired")):
            attempt()
        assert last(station)[1]["reason"] == "people.expired"
    accounts.change_person(badge="G-1", change=PersonChange(without_end=True), actor_badge="A-1")
    assert accounts.sign_in(badge="G-1", pin=PIN).badge == "G-1"


def test_nobody_is_added_whose_last_day_is_over(station: Records) -> None:
    with pytest.raises(BadInput, match=re.escape("people.expires_past")):
        station.accounts.add_person(
            badge="G-1", name="Гость", role=Role.QUALITY, expires_on=TODAY - timedelta(days=1), actor_badge=None
        )


# --- changes


def test_a_change_is_recorded_as_what_was_and_what_is(station: Records) -> None:
    change = PersonChange(name="Иванова И. И.", role=Role.STOREKEEPER, expires_on=date(2026, 12, 31))
    changed = station.accounts.change_person(badge="t-1", change=change, actor_badge="A-1").person
    assert station.accounts.who("T-1") == changed
    kind, told = last(station)
    assert kind == "person_changed"
    assert told["changes"] == {
        "name": ["Иванов И. И.", "Иванова И. И."],
        "role": ["technician", "storekeeper"],
        "expires_on": [None, "2026-12-31"],
    }
    assert told["by"] == "A-1"


def test_a_change_to_what_is_already_so_is_no_entry(station: Records) -> None:
    before = kinds(station)
    station.accounts.set_active(badge="T-1", active=True, actor_badge="A-1")
    assert kinds(station) == before


def test_refused_changes_change_nothing_and_are_in_the_journal(station: Records) -> None:
    everyone = station.accounts.everyone()
    for badge, change, code in (
        ("A-1", PersonChange(active=False), "people.last_administrator"),
        ("A-1", PersonChange(role=Role.QUALITY), "people.own_role"),
    ):
        with pytest.raises(Refused, match=re.escape(code)):
            station.accounts.change_person(badge=badge, change=change, actor_badge="A-1")
        expected = {"badge": "A-1", "command": "person_change", "subject": badge, "reason": code}
        assert last(station) == ("refused", expected)
    with pytest.raises(NotFound, match=re.escape("people.unknown_badge")):
        station.accounts.change_person(badge="X", change=PersonChange(), actor_badge="A-1")
    assert station.accounts.everyone() == everyone


def test_kits_stay_in_the_custody_of_somebody_who_is_disabled_and_the_answer_says_so(station: Records) -> None:
    plan = station.operations.plan(badge="T-1", type_=OperationType.CHECKOUT, kit="K-1")
    frame = frame_of(("pliers", 0.99), ("pliers", 0.98), ("brace", 0.97))
    knowledge = ModelKnowledge("scripted", "0" * 64, frozenset({"pliers", "brace"}))
    inspection = inspect(plan.expected, (frame,) * 5, Thresholds(), knowledge)
    station.operations.record(plan, Evidence(plain_picture(), inspection), Confirmation({}))
    changed = station.accounts.set_active(badge="T-1", active=False, actor_badge="A-1")
    assert changed.kits_held == ("K-1",)
    assert last(station)[1]["kits_held"] == ["K-1"]
    held = station.database.read(lambda uow: uow.operations.held_by("T-1"))
    assert [operation.kit for operation in held] == ["K-1"]
    assert station.accounts.set_active(badge="T-1", active=True, actor_badge="A-1").kits_held == ("K-1",)


# --- badges at sign-in


def test_an_unknown_badge_at_sign_in_is_in_the_journal(station: Records) -> None:
    expected = ("sign_in_refused", {"badge": "NOBODY", "reason": "people.unknown_badge"})
    with pytest.raises(NotFound):
        station.accounts.badge_shown(" NOBODY ")
    assert last(station) == expected
    station.accounts.sign_out(badge="T-1", reason="asked")
    with pytest.raises(NotFound):
        station.accounts.sign_in(badge="NOBODY", pin=PIN)
    assert last(station) == expected


def test_a_pin_that_was_typed_in_the_place_of_a_badge_is_not_in_the_journal(station: Records) -> None:
    with pytest.raises(NotFound):
        station.accounts.badge_shown(PIN)
    assert last(station) == ("sign_in_refused", {"badge": "******", "reason": "people.unknown_badge"})


def test_an_unknown_badge_that_should_sign_is_in_the_journal(station: Records) -> None:
    with pytest.raises(NotFound):
        station.accounts.signer(badge="NOBODY", purpose=Purpose.WITNESS, subject="op")
    kind, told = last(station)
    assert (kind, told["badge"], told["command"]) == ("refused", "NOBODY", "sign.witness")


def test_a_disabled_badge_at_sign_in_is_in_the_journal(station: Records) -> None:
    station.accounts.set_active(badge="T-1", active=False, actor_badge="A-1")
    with pytest.raises(Refused):
        station.accounts.badge_shown("T-1")
    assert last(station) == ("sign_in_refused", {"badge": "T-1", "reason": "people.disabled"})
