"""PINs are hashed slowly, with a salt each and a pepper that does not lie in the database."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError

from toolroom_desktop.adapters.security.pins import FAST, STATION, Argon2PinHasher
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.services import ports

PEPPER = bytes(range(32))


@pytest.fixture
def hasher() -> Argon2PinHasher:
    return Argon2PinHasher(PEPPER, FAST)


def test_the_right_pin_fits_and_others_do_not(hasher: Argon2PinHasher) -> None:
    asked_for: ports.PinHasher = hasher
    encoded = asked_for.hash("246810")
    assert asked_for.verify(encoded, "246810")
    for wrong in ("246811", "24681", "2468100", "", "２46810"):
        assert not asked_for.verify(encoded, wrong)


def test_two_hashes_of_one_pin_differ(hasher: Argon2PinHasher) -> None:
    assert hasher.hash("246810") != hasher.hash("246810")


def test_nobody_can_sign_in_without_a_pin_that_was_set(hasher: Argon2PinHasher) -> None:
    assert not hasher.verify("", "")
    assert not hasher.verify("", "246810")


def test_without_the_pepper_the_right_pin_does_not_fit(hasher: Argon2PinHasher) -> None:
    encoded = hasher.hash("246810")
    assert not Argon2PinHasher(bytes(32), FAST).verify(encoded, "246810")
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(encoded, "246810")


def test_a_station_hashes_with_argon2id_at_the_cost_of_rfc_9106() -> None:
    encoded = Argon2PinHasher(PEPPER).hash("246810")
    found = extract_parameters(encoded)
    assert encoded.startswith("$argon2id$")
    assert (found.time_cost, found.memory_cost, found.parallelism) == (3, 65536, 4)
    assert (STATION.passes, STATION.memory_kib, STATION.lanes) == (3, 65536, 4)


def test_a_hash_made_at_another_cost_still_fits(hasher: Argon2PinHasher) -> None:
    assert Argon2PinHasher(PEPPER, STATION).verify(hasher.hash("246810"), "246810")


@pytest.mark.parametrize("damaged", ["plain", "$argon2id$v=19$m=8,t=1,p=1$", "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$x"])
def test_a_damaged_hash_is_told_apart_from_a_wrong_pin(hasher: Argon2PinHasher, damaged: str) -> None:
    with pytest.raises(DatabaseProblem) as raised:
        hasher.verify(damaged, "246810")
    assert raised.value.code == "database.pin_damaged"


def test_a_short_pepper_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="pepper"):
        Argon2PinHasher(b"short")
