"""The station's keys: made once, kept apart, and never replaced in silence."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from toolroom_desktop.adapters.security.keyrings import KeyringUnusable, SystemKeyring, bounded, find_keyring
from toolroom_desktop.adapters.security.secrets import FILE_NAME, StationSecrets
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.services import ports


class _MemoryKeyring:
    """A key store that works."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set(self, service: str, name: str, value: str) -> None:
        self.kept[service, name] = value


class _DeadKeyring:
    """A key store that does not answer."""

    def get(self, service: str, name: str) -> str | None:
        raise KeyringUnusable("no answer within 5 s")

    def set(self, service: str, name: str, value: str) -> None:
        raise KeyringUnusable("no answer within 5 s")


def _no_keyring() -> None:
    return None


def _must_not_be_asked() -> None:
    raise AssertionError("the key store was asked")


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Данные станции"
    folder.mkdir()
    return folder


def _in_file(folder: Path) -> StationSecrets:
    return StationSecrets(folder, keyring=_no_keyring)


def _problem(work: Callable[[], object]) -> DatabaseProblem:
    with pytest.raises(DatabaseProblem) as raised:
        work()
    for language in ("ru", "en"):
        assert Messages(language).error(raised.value)
    return raised.value


class TestInTheFile:
    def test_a_key_stays_the_same(self, data_folder: Path) -> None:
        asked_for: ports.SecretStore = _in_file(data_folder)
        pepper, seal = asked_for.get_or_create("pepper"), asked_for.get_or_create("seal")
        assert (len(pepper), len(seal)) == (32, 32)
        assert pepper != seal
        later = StationSecrets(data_folder, keyring=_must_not_be_asked)
        assert (later.get_or_create("seal"), later.get_or_create("pepper")) == (seal, pepper)
        assert later.place == "file"

    def test_keys_of_two_folders_differ(self, data_folder: Path, tmp_path: Path) -> None:
        assert _in_file(data_folder).get_or_create("seal") != _in_file(tmp_path).get_or_create("seal")

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no modes; the folder's rights hold")
    def test_only_the_owner_reads_the_file(self, data_folder: Path) -> None:
        before = os.umask(0)
        try:
            _in_file(data_folder).get_or_create("seal")
        finally:
            os.umask(before)
        assert stat.S_IMODE((data_folder / FILE_NAME).stat().st_mode) == 0o600
        assert [path.name for path in data_folder.iterdir()] == [FILE_NAME]

    def test_asking_for_the_place_makes_nothing(self, data_folder: Path) -> None:
        assert _in_file(data_folder).place == "file"
        assert list(data_folder.iterdir()) == []

    @pytest.mark.parametrize(
        "damage",
        [
            lambda text: "",
            lambda text: text[: len(text) // 2],
            lambda text: "[]",
            lambda text: text.replace('"version": 1', '"version": 2'),
            lambda text: text.replace('"place": "file"', '"place": "drawer"'),
            lambda text: json.dumps({**json.loads(text), "keys": {}}),
            lambda text: json.dumps({**json.loads(text), "keys": {"seal": 7}}),
            lambda text: json.dumps({**json.loads(text), "fingerprints": None}),
            lambda text: json.dumps({**json.loads(text), "keys": {"seal": "AAAA"}}),
            lambda text: json.dumps({**json.loads(text), "keys": {"seal": "not base64!"}}),
            lambda text: json.dumps({**json.loads(text), "keys": {"seal": "A" * 43 + "="}}),
        ],
    )
    def test_a_damaged_file_is_refused_and_kept(self, data_folder: Path, damage: Callable[[str], str]) -> None:
        _in_file(data_folder).get_or_create("seal")
        path = data_folder / FILE_NAME
        path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
        before = path.read_bytes()
        assert _problem(lambda: _in_file(data_folder).get_or_create("seal")).code == "secrets.damaged"
        assert path.read_bytes() == before

    def test_a_file_of_bytes_is_refused(self, data_folder: Path) -> None:
        (data_folder / FILE_NAME).write_bytes(b"\xff\xfe\x00\x80")
        assert _problem(lambda: _in_file(data_folder)).code == "secrets.damaged"

    def test_a_lost_file_is_not_made_anew_under_records_that_need_it(self, data_folder: Path) -> None:
        secrets = StationSecrets(data_folder, keyring=_no_keyring, may_create=lambda: False)
        assert _problem(lambda: secrets.get_or_create("seal")).code == "secrets.gone"
        assert list(data_folder.iterdir()) == []

    def test_a_further_key_may_be_made_beside_records(self, data_folder: Path) -> None:
        _in_file(data_folder).get_or_create("seal")
        later = StationSecrets(data_folder, keyring=_no_keyring, may_create=lambda: False)
        assert len(later.get_or_create("pepper")) == 32

    def test_a_key_that_cannot_be_kept_is_not_given_out(
        self, data_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        secrets = _in_file(data_folder)

        def fail(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as full_disk:
            full_disk.setattr(os, "fsync", fail)
            assert _problem(lambda: secrets.get_or_create("seal")).code == "secrets.disk_full"
        assert list(data_folder.iterdir()) == []
        assert secrets.get_or_create("seal") == _in_file(data_folder).get_or_create("seal")

    def test_threads_that_ask_at_once_get_one_key(self, data_folder: Path) -> None:
        secrets = _in_file(data_folder)
        answers: list[bytes] = []
        threads = [threading.Thread(target=lambda: answers.append(secrets.get_or_create("seal"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert len(answers) == 8
        assert len(set(answers)) == 1

    def test_keys_never_show_in_a_problem_or_a_representation(self, data_folder: Path) -> None:
        secrets = _in_file(data_folder)
        secrets.get_or_create("seal")
        path = data_folder / FILE_NAME
        text = json.loads(path.read_text(encoding="utf-8"))
        text["fingerprints"]["seal"] = "0" * 64
        path.write_text(json.dumps(text), encoding="utf-8")
        damaged = _in_file(data_folder)
        problem = _problem(lambda: damaged.get_or_create("seal"))
        assert text["keys"]["seal"] not in f"{problem!s} {problem!r} {damaged!r} {damaged.__dict__!r}"


class TestInTheKeyring:
    def test_the_data_folder_holds_no_key(self, data_folder: Path) -> None:
        keyring = _MemoryKeyring()
        secrets = StationSecrets(data_folder, keyring=lambda: keyring)
        secrets.get_or_create("seal")
        assert secrets.place == "keyring"
        (stored,) = keyring.kept.values()
        assert stored not in (data_folder / FILE_NAME).read_text(encoding="utf-8")

    def test_a_key_stays_the_same_also_in_a_moved_folder(self, data_folder: Path) -> None:
        keyring = _MemoryKeyring()
        key = StationSecrets(data_folder, keyring=lambda: keyring).get_or_create("seal")
        moved = data_folder.rename(data_folder.with_name("moved"))
        assert StationSecrets(moved, keyring=lambda: keyring).get_or_create("seal") == key

    def test_two_stations_of_one_account_have_keys_of_their_own(self, data_folder: Path, tmp_path: Path) -> None:
        keyring = _MemoryKeyring()
        keys = {StationSecrets(f, keyring=lambda: keyring).get_or_create("seal") for f in (data_folder, tmp_path)}
        assert len(keys) == 2

    def test_a_key_store_that_lost_the_key_is_told_of(self, data_folder: Path) -> None:
        StationSecrets(data_folder, keyring=_MemoryKeyring).get_or_create("seal")
        secrets = StationSecrets(data_folder, keyring=_MemoryKeyring)
        assert _problem(lambda: secrets.get_or_create("seal")).code == "secrets.lost"

    def test_a_key_store_with_another_key_is_told_of(self, data_folder: Path) -> None:
        keyring = _MemoryKeyring()
        StationSecrets(data_folder, keyring=lambda: keyring).get_or_create("seal")
        for place in keyring.kept:
            keyring.kept[place] = "A" * 43 + "="
        secrets = StationSecrets(data_folder, keyring=lambda: keyring)
        assert _problem(lambda: secrets.get_or_create("seal")).code == "secrets.damaged"

    @pytest.mark.parametrize("keyring", [_no_keyring, _DeadKeyring])
    def test_a_key_store_that_does_not_answer_any_more_is_no_reason_for_new_keys(
        self, data_folder: Path, keyring: Callable[[], _DeadKeyring | None]
    ) -> None:
        StationSecrets(data_folder, keyring=_MemoryKeyring).get_or_create("seal")
        before = (data_folder / FILE_NAME).read_bytes()
        secrets = StationSecrets(data_folder, keyring=keyring)
        assert _problem(lambda: secrets.get_or_create("seal")).code == "secrets.keyring_unusable"
        assert _problem(lambda: secrets.get_or_create("pepper")).code == "secrets.keyring_unusable"
        assert (data_folder / FILE_NAME).read_bytes() == before

    def test_a_new_station_with_a_dead_key_store_takes_the_file(self, data_folder: Path) -> None:
        secrets = StationSecrets(data_folder, keyring=_DeadKeyring)
        key = secrets.get_or_create("seal")
        assert secrets.place == "file"
        assert StationSecrets(data_folder, keyring=_must_not_be_asked).get_or_create("seal") == key

    def test_a_key_store_that_cannot_even_be_looked_for_leads_to_the_file(self, data_folder: Path) -> None:
        def hangs() -> None:
            raise KeyringUnusable("no answer within 5 s")

        assert StationSecrets(data_folder, keyring=hangs).place == "file"


class _Backend:
    """A backend of the keyring package, as far as it is used."""

    def __init__(self, *, keeps: bool = True) -> None:
        self._keeps = keeps
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self._kept.get((service, name))

    def set_password(self, service: str, name: str, value: str) -> None:
        if self._keeps:
            self._kept[service, name] = value


class TestTheSystemsKeyStore:
    @pytest.fixture
    def release(self) -> Iterator[threading.Event]:
        event = threading.Event()
        yield event
        event.set()

    def test_it_is_not_looked_for_when_switched_off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TOOLROOM_KEYRING", "OFF")
        monkeypatch.setitem(sys.modules, "keyring", None)
        assert find_keyring() is None

    def test_work_that_hangs_is_given_up(self, release: threading.Event) -> None:
        with pytest.raises(KeyringUnusable, match="no answer"):
            bounded(lambda: release.wait(60), 0.05)
        assert not release.is_set()

    def test_work_that_fails_is_told_of_without_its_words(self) -> None:
        def fail() -> None:
            raise ValueError("the secret is 42")

        with pytest.raises(KeyringUnusable) as raised:
            bounded(fail, 20)
        assert str(raised.value) == "ValueError"

    def test_what_it_keeps_comes_back(self) -> None:
        keyring = SystemKeyring(_Backend())  # type: ignore[arg-type]
        keyring.set("toolroom", "seal", "key")
        assert keyring.get("toolroom", "seal") == "key"

    def test_a_store_that_silently_keeps_nothing_is_unusable(self) -> None:
        with pytest.raises(KeyringUnusable, match="did not keep"):
            SystemKeyring(_Backend(keeps=False)).set("toolroom", "seal", "key")  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "backend",
        ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring", "keyring.backends.chainer.ChainerBackend"],
    )
    def test_stores_that_keep_nothing_are_none(self, backend: str, data_folder: Path) -> None:
        script = "from toolroom_desktop.adapters.security.keyrings import find_keyring; print(find_keyring())"
        environment = {**os.environ, "PYTHON_KEYRING_BACKEND": backend, "TOOLROOM_KEYRING": ""}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "None"
