"""Who may do what, and which changes of an account are possible."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.people import (
    PERMISSIONS,
    Permission,
    Person,
    PersonChange,
    Role,
    changed_person,
    roles_that_may,
)

TODAY = date(2026, 5, 4)
ADMIN = Person("A-1", "Титов М. О.", Role.ADMINISTRATOR)
OTHER = Person("A-2", "Ким С.", Role.ADMINISTRATOR)
TECHNICIAN = Person("T-1", "Иванов И. И.", Role.TECHNICIAN)

MATRIX = """
                  technician  storekeeper  shift_lead  quality  administrator
operate               yes         yes         yes         -           -
give                   -          yes         yes         -           -
witness               yes         yes         yes        yes          -
override_issue         -           -          yes         -           -
correct                -          yes         yes         -           -
change_tools           -          yes         yes         -           -
search_cases          yes         yes         yes        yes          -
reopen_cases           -           -          yes        yes          -
release_cases          -           -           -         yes          -
run_shift              -          yes         yes         -           -
see_history           yes         yes         yes        yes         yes
see_all_stations      -           -           yes        yes         yes
export                 -           -          yes        yes         yes
manage_people          -           -           -          -          yes
manage_catalogue       -           -          yes         -          yes
manage_station         -           -           -          -          yes
"""


def test_the_table_of_who_may_do_what_is_this_one() -> None:
    heads, *rows = (line.split() for line in MATRIX.strip().splitlines())
    written = {
        (Role(role), Permission(name)): cell == "yes"
        for name, *cells in rows
        for role, cell in zip(heads, cells, strict=True)
    }
    in_force = {(role, each): each in PERMISSIONS[role] for role in Role for each in Permission}
    assert written == in_force


def test_only_quality_releases_a_case_and_only_a_shift_lead_lets_a_kit_go_out() -> None:
    assert roles_that_may(Permission.RELEASE_CASES) == (Role.QUALITY,)
    assert roles_that_may(Permission.OVERRIDE_ISSUE) == (Role.SHIFT_LEAD,)


@pytest.mark.parametrize("role", Role)
def test_whoever_has_the_pin_of_somebody_else_may_nothing_and_is_told_why(role: Role) -> None:
    person = Person("B", "N", role, must_change_pin=True)
    for permission in Permission:
        assert not person.may(permission)
        with pytest.raises(Refused, match=re.escape("people.pin_must_change")):
            person.require(permission)


def test_a_refusal_names_who_may() -> None:
    with pytest.raises(Refused) as refusal:
        TECHNICIAN.require(Permission.MANAGE_PEOPLE)
    assert refusal.value.details["roles"] == (Role.ADMINISTRATOR,)


def test_an_account_is_good_on_its_last_day_and_not_on_the_day_after() -> None:
    person = replace(TECHNICIAN, expires_on=TODAY)
    assert not person.expired(TODAY)
    assert person.expired(TODAY + timedelta(days=1))
    assert not TECHNICIAN.expired(date.max)


def test_a_lock_ends_by_itself() -> None:
    now = datetime(2026, 5, 4, 8, tzinfo=UTC)
    locked = replace(TECHNICIAN, locked_until=now)
    assert locked.locked(now - timedelta(seconds=1))
    assert not locked.locked(now)
    assert not TECHNICIAN.locked(now)


def change(
    person: Person, asked: PersonChange, *, by: str | None = "A-1", others: tuple[Person, ...] = (ADMIN,)
) -> Person:
    return changed_person(person, asked, by=by, everyone=(person, *others), today=TODAY)


def test_only_what_is_named_changes() -> None:
    person = replace(TECHNICIAN, expires_on=TODAY)
    assert change(person, PersonChange()) == person
    assert change(person, PersonChange(name=" Иванова И. И. ")) == replace(person, name="Иванова И. И.")
    assert change(person, PersonChange(role=Role.QUALITY)) == replace(person, role=Role.QUALITY)
    assert change(person, PersonChange(active=False)) == replace(person, active=False)
    assert change(person, PersonChange(without_end=True)).expires_on is None
    with pytest.raises(BadInput, match=re.escape("people.name_empty")):
        change(person, PersonChange(name="  "))


def test_a_last_day_that_is_over_is_refused_but_one_that_passed_by_itself_stays() -> None:
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(BadInput, match=re.escape("people.expires_past")):
        change(TECHNICIAN, PersonChange(expires_on=yesterday))
    passed = replace(TECHNICIAN, expires_on=yesterday)
    assert change(passed, PersonChange(name="Иванова И. И.", expires_on=yesterday)).name == "Иванова И. И."
    assert change(TECHNICIAN, PersonChange(expires_on=TODAY)).expires_on == TODAY


def test_nobody_changes_their_own_role() -> None:
    with pytest.raises(Refused, match=re.escape("people.own_role")):
        change(ADMIN, PersonChange(role=Role.QUALITY), by=" a-1 ", others=(OTHER,))
    assert change(ADMIN, PersonChange(role=Role.QUALITY), by="A-2", others=(OTHER,)).role is Role.QUALITY
    assert change(ADMIN, PersonChange(role=Role.ADMINISTRATOR, name="Титова М. О."), by="A-1").name == "Титова М. О."


@pytest.mark.parametrize("asked", [PersonChange(active=False), PersonChange(role=Role.TECHNICIAN)])
@pytest.mark.parametrize(
    "rest",
    [
        (),
        (TECHNICIAN,),
        (replace(OTHER, active=False),),
        (replace(OTHER, expires_on=TODAY - timedelta(days=1)),),
    ],
)
def test_the_last_administrator_who_can_sign_in_is_neither_disabled_nor_demoted(
    asked: PersonChange, rest: tuple[Person, ...]
) -> None:
    with pytest.raises(Refused, match=re.escape("people.last_administrator")):
        change(ADMIN, asked, by=None, others=rest)
    assert change(ADMIN, asked, by=None, others=(*rest, replace(OTHER, badge="A-3"))) != ADMIN
