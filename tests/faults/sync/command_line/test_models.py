"""A model's way on the command line: to the centre, to a station, into its doctor, and what the centre tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import CommandLine
from tests.first_model import FIRST_MODEL
from tests.released_models import CLASSES, Signer, make_signer, release
from toolroom_desktop.config.messages import LANGUAGES
from toolroom_desktop.config.paths import DataFolder

MODEL = "kit11_first, 1"


@pytest.fixture
def enrolled(station: CommandLine, enrolment: Path) -> CommandLine:
    assert station("enrol-site", enrolment).code == 0
    return station


@pytest.fixture
def administrator(tmp_path: Path) -> CommandLine:
    """At a computer that is no station, with keys of its own that it trusts."""
    return CommandLine(tmp_path / "администратор")


def trusting(command_line: CommandLine, folder: Path) -> Signer:
    signer = make_signer(folder)
    own = DataFolder(command_line.data).trusted_keys
    own.mkdir(parents=True)
    for public in signer.trusted.glob("*.pem"):
        (own / public.name).write_bytes(public.read_bytes())
    return signer


def test_a_model_is_named_installed_told_of_and_removed(enrolled: CommandLine) -> None:
    assert "names no model" in enrolled("central", "models").out
    added = enrolled("central", "add-model", FIRST_MODEL)
    assert (added.code, added.out.startswith("The centre names kit11_first")) == (0, True), added
    assert "13 of 13" not in added.out and "of 12.7 MB" in added.out
    waiting = enrolled("central", "models")
    assert "no operation yet" in waiting.out and "nothing: the model of its program" in waiting.out

    synced = enrolled("sync", "--once")
    assert synced.code == 0, synced
    assert "is installed. It judges from the next start of the station on." in synced.out
    said = enrolled("sync", "--once", "--json").json["model"]
    assert (said["name"], said["stage"]) == ("kit11_first", "judges")

    for language, sentence in (("en", "of the centre judges here"), ("ru", "Здесь судит модель центра kit11_first")):
        assert sentence in enrolled("doctor", language=language).out  # type: ignore[arg-type]
    (check,) = [c for c in enrolled("doctor", "--json").json["checks"] if c["name"] == "centre_model"]
    assert (check["grade"], check["stage"]) == ("good", "judges")
    assert "by the centre" in enrolled("model", "list").out
    (site,) = enrolled("central", "models", "--json").json["stations"]
    assert (site["decision"], site["by_centre"], site["chosen"]["name"]) == ("installed", True, "kit11_first")
    assert "installed kit11_first" in enrolled("central", "models").out

    assert enrolled("model", "rollback").code == 0
    assert "somebody chose another one" in enrolled("sync", "--once").out
    assert "went back to kit11" in enrolled("central", "models").out
    assert "kit11_first" in enrolled("central", "remove-model").out
    enrolled.refused("centre.no_model", "central", "remove-model")
    assert enrolled("sync", "--once", "--json").json["model"] is None
    assert "model of the centre" not in enrolled("doctor").out


def test_a_model_of_a_key_that_the_station_does_not_trust_is_told_of_with_its_reason(
    enrolled: CommandLine, administrator: CommandLine, tmp_path: Path
) -> None:
    signer = trusting(administrator, tmp_path / "keys")
    manifest = release(tmp_path / "release", "first", signer)
    enrolled.refused("model.signature_unknown_key", "central", "add-model", manifest)
    assert administrator("central", "add-model", manifest).code == 0
    for language, told in zip(LANGUAGES, ("не доверяет", "does not trust"), strict=True):
        synced = enrolled("sync", "--once", language=language)
        assert (synced.code, told in synced.err) == (1, True), synced
        assert told in enrolled("doctor", language=language).out
    assert "signature_unknown_key" in enrolled("central", "models").out
    assert [one["name"] for one in enrolled("model", "list", "--json").json["models"]] == ["kit11"]


def test_kits_that_a_model_does_not_cover_are_told_of_as_at_an_installation(
    enrolled: CommandLine, tmp_path: Path
) -> None:
    signer = trusting(enrolled, tmp_path / "keys")
    manifest = release(tmp_path / "release", "first", signer)
    assert enrolled("central", "add-model", manifest).code == 0
    synced = enrolled("sync", "--once")
    assert (synced.code, "K-014" in synced.err, "add-model --yes" in synced.err) == (1, True, True), synced
    assert "hammer" in CLASSES
    assert enrolled("central", "add-model", manifest, "--yes").code == 0
    assert enrolled("sync", "--once").code == 0
    assert "* first, 1" in enrolled("model", "list").out


def test_what_is_no_model_or_too_large_is_not_sent(
    enrolled: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled.refused("model.manifest_missing", "central", "add-model", tmp_path / "x.json")
    monkeypatch.setattr("toolroom_desktop.adapters.central.model_files.LARGEST_MODEL", 1 << 20)
    enrolled.refused("centre.model_too_large", "central", "add-model", FIRST_MODEL, most=1)
    assert "names no model" in enrolled("central", "models").out
