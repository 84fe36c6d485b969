"""`toolroom backup` and `toolroom restore` as somebody of the IT department calls them."""

from __future__ import annotations

import getpass
import inspect
import io
import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from tests.command_line import CommandLine
from tests.used_station import BADGE, NAME, into_a_keyring, make_used_station
from toolroom_desktop.adapters.station_backup import encrypt, make
from toolroom_desktop.config.messages import LANGUAGES, Language, Messages

PASSPHRASE = "correct horse battery"


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_used_station(tmp_path_factory.mktemp("used") / "station", kits=2)


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text(f"{PASSPHRASE}\r\nsecond line\n", encoding="utf-8")
    return path


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What somebody at a terminal types, in order."""
    answers: list[str] = []

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: answers.pop(0))
    monkeypatch.setattr("builtins.input", lambda _prompt: answers.pop(0))
    return answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_backup_is_made_checked_and_restored(toolroom: CommandLine, tmp_path: Path, language: Language) -> None:
    messages, target = Messages(language), tmp_path / "копия.zip"
    made = toolroom("backup", target, language=language)
    assert made.code == 0, made.err
    assert str(target) in made.out
    assert messages.text("backup.not_encrypted") in made.err
    assert messages.text("backup.holds_keys") in made.err
    checked = toolroom("restore", target, "--check", language=language)
    assert checked.code == 0
    assert messages.text("restore.seals_checked") in checked.out
    new = CommandLine(tmp_path / "новая папка")
    done = new("restore", target, "--yes", language=language)
    assert done.code == 0
    assert messages.text("restore.leaving_nothing", path=new.data) in done.out
    assert new("users", "list").out == toolroom("users", "list").out
    assert new("journal", "verify").code == 0
    again = new("restore", target, "--yes", language=language)
    (aside,) = new.data.glob("set-aside-*")
    assert messages.text("restore.aside", path=aside) in again.out


def test_how_far_it_is_stands_beside_the_answer(toolroom: CommandLine, tmp_path: Path) -> None:
    made = toolroom("backup", tmp_path / "b.zip")
    for code in ("backup.writing", "backup.reading_back"):
        assert Messages("en").text(code, percent=100, left="0:00") in made.err
        assert Messages("en").text(code, percent=100, left="0:00") not in made.out


def test_a_sealed_backup_wants_its_passphrase(toolroom: CommandLine, tmp_path: Path, passphrase_file: Path) -> None:
    target = tmp_path / "sealed.bin"
    made = toolroom("backup", target, "--passphrase-file", passphrase_file)
    assert made.code == 0
    assert Messages("en").text("backup.not_encrypted") not in made.err
    assert not zipfile.is_zipfile(target)
    assert toolroom("restore", target, "--check", "--passphrase-file", passphrase_file).code == 0
    toolroom.refused("backup.passphrase_needs_terminal", "restore", target, "--check")
    passphrase_file.write_text("something else", encoding="utf-8")
    toolroom.refused(
        "restore.wrong_passphrase", "restore", target, "--yes", "--passphrase-file", passphrase_file, path=target
    )


def test_a_passphrase_is_typed_twice_and_long_enough(toolroom: CommandLine, tmp_path: Path, typed: list[str]) -> None:
    target = tmp_path / "sealed.bin"
    typed += [PASSPHRASE, PASSPHRASE]
    assert toolroom("backup", target, "--encrypt").code == 0
    typed += [PASSPHRASE]
    assert toolroom("restore", target, "--check").code == 0
    for answers, sentence in (
        ([PASSPHRASE, PASSPHRASE + "!"], "backup.passphrases_differ"),
        (["short"], "backup.passphrase_short"),
    ):
        typed[:] = answers * 2  # once in each language
        toolroom.refused(sentence, "backup", tmp_path / "other", "--encrypt")
    assert not (tmp_path / "other").exists()


def test_a_passphrase_file_that_cannot_be_read_is_refused(toolroom: CommandLine, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        toolroom.refused("backup.passphrase_file", "backup", tmp_path / "b", "--passphrase-file", path, path=path)


def test_the_keys_of_a_key_store_are_spoken_of(used: Path, tmp_path: Path) -> None:
    toolroom = CommandLine(shutil.copytree(used, tmp_path / "station"))
    into_a_keyring(toolroom.data)
    # No key store answers in the tests, so the keys can be read neither way.
    made = toolroom("backup", tmp_path / "b.zip")
    assert made.code == 1
    assert "keys could not be read" in made.err
    toolroom.refused("restore.keys_lacking", "restore", tmp_path / "b.zip", "--yes", path=tmp_path / "b.zip")
    done = toolroom("restore", tmp_path / "b.zip", "--yes", "--new-keys")
    assert done.code == 0
    assert Messages("en").text("restore.keys_renewed") in done.err
    verified = toolroom("journal", "verify")
    assert verified.code == 0
    assert "seals before it cannot be checked" in verified.out


def test_a_missing_photo_is_named_and_the_backup_is_made_with_exit_code_1(used: Path, tmp_path: Path) -> None:
    toolroom = CommandLine(shutil.copytree(used, tmp_path / "station"))
    photo, other, *_ = sorted((toolroom.data / "evidence").rglob("*.jpg"))
    photo.unlink()
    other.write_bytes(b"changed")
    made = toolroom("backup", tmp_path / "b.zip")
    assert made.code == 1
    for code, name in (("backup.photos_missing", photo.stem), ("backup.photos_damaged", other.stem)):
        assert Messages("en").text(code, count=1, names=name) in made.err
    restored = CommandLine(tmp_path / "new")("restore", tmp_path / "b.zip", "--yes")
    assert restored.code == 0
    assert Messages("en").text("restore.photos_missing", count=1) in restored.err


def test_nothing_is_exchanged_without_a_yes(toolroom: CommandLine, tmp_path: Path, typed: list[str]) -> None:
    toolroom("backup", tmp_path / "b.zip")
    for answer in ("n", "", "нет"):
        typed.append(answer)
        said = toolroom("restore", tmp_path / "b.zip")
        assert (said.code, Messages("en").text("restore.not_wanted") in said.out) == (0, True)
    assert not list(toolroom.data.glob("set-aside-*"))
    typed.append("Да")
    assert toolroom("restore", tmp_path / "b.zip", language="ru").code == 0
    assert len(list(toolroom.data.glob("set-aside-*"))) == 1


def test_where_nobody_can_be_asked_it_is_said_how_to_go_on(
    toolroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toolroom("backup", tmp_path / "b.zip")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    answer = toolroom("restore", tmp_path / "b.zip")
    assert (answer.code, answer.err.splitlines()[-1]) == (2, Messages("en").text("restore.needs_yes"))
    assert not list(toolroom.data.glob("set-aside-*"))


def test_bad_settings_keep_nobody_from_a_backup(toolroom: CommandLine, tmp_path: Path) -> None:
    (toolroom.data / "settings.toml").write_text('[station]\nlanguge = "ru"\n', encoding="utf-8")
    made = toolroom("backup", tmp_path / "b.zip")
    assert made.code == 0
    assert "languge" in made.err


def test_settings_that_point_elsewhere_are_spoken_of(used: Path, tmp_path: Path) -> None:
    toolroom = CommandLine(shutil.copytree(used, tmp_path / "station"))
    elsewhere = tmp_path / "share" / "review"
    shutil.copytree(toolroom.data / "review", elsewhere)
    shutil.rmtree(toolroom.data / "review")
    (toolroom.data / "settings.toml").write_text(
        f"[learning]\nreview_folder = '{elsewhere}'\n[model]\nmanifest = '{tmp_path / 'own.json'}'\n", "utf-8"
    )
    assert toolroom("backup", tmp_path / "b.zip").code == 0
    new = CommandLine(tmp_path / "new")
    done = new("restore", tmp_path / "b.zip", "--yes")
    assert len(list((new.data / "review").iterdir())) == 2
    assert (
        Messages("en").text(
            "restore.elsewhere", setting="learning.review_folder", named=elsewhere, path=new.data / "review"
        )
        in done.err
    )
    assert Messages("en").text("restore.model_elsewhere", named=tmp_path / "own.json") in done.err


def test_a_daily_copy_of_the_records_is_put_back_by_the_same_command(used: Path, tmp_path: Path) -> None:
    toolroom = CommandLine(shutil.copytree(used, tmp_path / "station"))
    (daily,) = (toolroom.data / "backups").glob("daily-*.sqlite")
    (toolroom.data / "toolroom.sqlite").write_bytes(b"damaged")
    assert toolroom("restore", daily, "--check").code == 0
    assert (toolroom.data / "toolroom.sqlite").read_bytes() == b"damaged"
    assert toolroom("restore", daily, "--yes").code == 0
    assert len(json.loads(toolroom("history", "--json").out)) == 2
    other = tmp_path / "not ours.sqlite"
    other.write_bytes(b"SQLite format 3\0" + bytes(1000))
    toolroom.refused("database.backup_unusable", "restore", other, "--yes", backup=other)


def test_an_interrupted_backup_leaves_nothing(
    toolroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(make, "_read_back", interrupt)
    answer = toolroom("backup", tmp_path / "b.zip")
    assert (answer.code, answer.err.splitlines()[-1]) == (130, Messages("en").text("cli.interrupted"))
    assert not list(tmp_path.glob("b.zip*"))


def test_somebody_whose_pin_is_forgotten_gets_a_new_one(
    used: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toolroom = CommandLine(shutil.copytree(used, tmp_path / "station"))
    monkeypatch.setenv("TOOLROOM_NEW_PIN", "112358")
    answer = toolroom("users", "pin", BADGE, "--pin-from-env")
    said = [
        Messages("en").text("cli.users.pin_set", name=NAME, badge=BADGE),
        Messages("en").text("cli.users.must_change", name=NAME),
    ]
    assert (answer.code, answer.out.splitlines()) == (0, said)
    toolroom.refused("people.unknown_badge", "users", "pin", "X-9", badge="X-9")
    monkeypatch.setenv("TOOLROOM_NEW_PIN", "12")
    toolroom.refused("people.pin_form", "users", "pin", BADGE)


def test_the_cost_of_a_passphrase_is_the_strong_one() -> None:
    assert inspect.signature(make.make_backup).parameters["cost"].default == encrypt.STRONG
    assert 128 * encrypt.STRONG.r << encrypt.STRONG.log_n == 128 << 20
