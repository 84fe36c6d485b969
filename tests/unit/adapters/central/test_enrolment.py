"""What a station keeps of its enrolment, and where its password is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.used_station import LockedKeyring, MemoryKeyring
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.dsn import parse_dsn
from toolroom_desktop.adapters.central.enrolment import FILE_NAME, Enrolment, EnrolmentStore, write_enrolment
from toolroom_desktop.adapters.security.keyrings import KeyringUnusable
from toolroom_desktop.adapters.security.secrets import Keyring
from toolroom_desktop.domain.errors import BadInput, CentreProblem

PASSWORD = "четыре слова без смысла"
ADDRESS = ServerAddress("centre.example", 5432, "toolroom", "toolroom_site_1", PASSWORD, "-----BEGIN CERTIFICATE-----")
ENROLMENT = Enrolment("Ангар № 1", ADDRESS)


def _no_keyring() -> Keyring | None:
    return None


def _broken_keyring() -> Keyring | None:
    raise KeyringUnusable("no answer within 5 s")


def test_a_password_goes_to_the_key_store_and_nowhere_else(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    store = EnrolmentStore(tmp_path, keyring=lambda: keyring)
    assert not store.exists()
    kept = store.keep(ENROLMENT)
    assert (kept.place, list(keyring.kept.values())) == ("keyring", [PASSWORD])
    assert PASSWORD not in (tmp_path / FILE_NAME).read_text("utf-8")
    again = EnrolmentStore(tmp_path, keyring=lambda: keyring)
    assert again.exists()
    assert again.load().address == ADDRESS
    assert again.look().address.password == ""
    assert PASSWORD not in repr(again.load())


@pytest.mark.parametrize("keyring", [_no_keyring, _broken_keyring, LockedKeyring])
def test_without_a_key_store_that_keeps_it_the_password_goes_to_the_file(
    tmp_path: Path, keyring: Callable[[], Keyring | None]
) -> None:
    store = EnrolmentStore(tmp_path, keyring=keyring)
    assert store.keep(ENROLMENT).place == "file"
    assert store.load().address.password == PASSWORD
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME], "and nothing unfinished is left"


def test_what_the_setup_laid_down_is_taken_in_once_and_deleted(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    store = EnrolmentStore(tmp_path, keyring=lambda: keyring)
    assert store.take_laid_down() is None
    write_enrolment(store.laid_down, ENROLMENT.site, ADDRESS)
    kept = store.take_laid_down()
    assert kept is not None and kept.site == ENROLMENT.site
    assert store.load().address == ADDRESS
    assert not store.laid_down.exists()
    assert store.take_laid_down() is None


def test_a_damaged_file_of_the_setup_stays_where_it_is_and_the_enrolment_as_it_was(tmp_path: Path) -> None:
    store = EnrolmentStore(tmp_path, keyring=_no_keyring)
    store.keep(ENROLMENT)
    store.laid_down.write_text('{"format": "toolroom enrolment", "version": 1}', "utf-8")
    with pytest.raises(BadInput, match=re.escape("enrolment.damaged")):
        store.take_laid_down()
    assert store.laid_down.exists()
    assert store.load().address == ADDRESS


def test_a_new_enrolment_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    store = EnrolmentStore(tmp_path, keyring=lambda: keyring)
    store.keep(ENROLMENT)
    store.keep(replace(ENROLMENT, address=replace(ADDRESS, password="another", port=6000)))
    assert (store.load().address.password, store.load().address.port) == ("another", 6000)


def test_a_password_that_is_not_where_it_was_put_is_said(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    EnrolmentStore(tmp_path, keyring=lambda: keyring).keep(ENROLMENT)
    keyring.kept.clear()
    for lost in (lambda: keyring, _no_keyring):
        with pytest.raises(CentreProblem, match=r"password_lost"):
            EnrolmentStore(tmp_path, keyring=lost).load()
    with pytest.raises(CentreProblem, match=r"keyring_unusable"):
        EnrolmentStore(tmp_path, keyring=_broken_keyring).load()


@pytest.mark.parametrize(
    "change",
    [
        {"host": ""},
        {"port": "5432"},
        {"port": 0},
        {"port": True},
        {"port": 70000},
        {"role": None},
        {"ca": 1},
        {"tls": "yes"},
        {"tls": False},
        {"place": "elsewhere"},
        {"version": 9},
    ],
)
def test_what_was_changed_by_hand_into_something_else_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    store = EnrolmentStore(tmp_path, keyring=_no_keyring)
    store.keep(ENROLMENT)
    path = tmp_path / FILE_NAME
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **change}), encoding="utf-8")
    for ask in (store.load, store.look):
        with pytest.raises(CentreProblem, match=r"kept_damaged"):
            ask()


@pytest.mark.parametrize(
    ("dsn", "address"),
    [
        ("postgresql://u@centre.example/d", ServerAddress("centre.example", 5432, "d", "u", "told")),
        ("postgres://u:p%40ss@h:6000/d", ServerAddress("h", 6000, "d", "u", "p@ss")),
        ("postgresql://u@/d?host=/run/pg&port=5433", ServerAddress("/run/pg", 5433, "d", "u", "told")),
        ("postgresql://u@[::1]/d?sslmode=disable", ServerAddress("::1", 5432, "d", "u", "told", tls=False)),
        ("postgresql://%D0%B0@h/%D0%B1", ServerAddress("h", 5432, "б", "а", "told")),
    ],
)
def test_a_dsn_names_server_database_and_user(dsn: str, address: ServerAddress) -> None:
    assert parse_dsn(dsn, "told") == address
    assert parse_dsn(dsn, "told").password == address.password
