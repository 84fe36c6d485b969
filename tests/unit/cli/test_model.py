"""Models, by the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command_line import PIN, CommandLine, toolkit_file
from tests.released_models import HOLDER, Signer, make_signer, release
from tests.unit.cli.test_users import typing
from toolroom_desktop.adapters.security.signatures import read_key
from toolroom_desktop.adapters.vision.manifest import read_manifest
from toolroom_desktop.bootstrap import SHIPPED_MODEL, open_records
from toolroom_desktop.config.paths import models_folder

SHIPPED = models_folder() / SHIPPED_MODEL
OWN = read_manifest(SHIPPED)


@pytest.fixture
def signer(tmp_path: Path, toolroom: CommandLine) -> Signer:
    """Somebody whose key this station trusts."""
    made = make_signer(tmp_path / "keys")
    shutil.copytree(made.trusted, toolroom.data / "trusted-keys")
    return made


def judging(toolroom: CommandLine) -> str:
    (active,) = [model for model in toolroom("model", "list", "--json").json["models"] if model["active"]]
    return str(active["name"])


def test_a_signed_model_is_installed_listed_and_taken_back(
    tmp_path: Path, toolroom: CommandLine, signer: Signer
) -> None:
    manifest = release(tmp_path / "usb", "second", signer, version="7")
    answer = toolroom("model", "install", manifest.with_suffix(".onnx"), "--yes")
    assert answer.code == 0
    assert "second, version 7" in answer.out and HOLDER in answer.out
    assert "K-014, K-015" in answer.err and "side_cutters" in answer.err, "what the model does not know is said"
    listed = toolroom("model", "list", language="ru")
    assert listed.code == 0
    assert "* second, 7" in listed.out and f"{OWN.name}, {OWN.version}" in listed.out and "mAP50: 0,5" in listed.out
    assert "ложные пропуски: 0" in listed.out, "the shipped model's figures, in the language of the station"
    back = toolroom("model", "rollback")
    assert back.code == 0 and OWN.name in back.out
    assert judging(toolroom) == OWN.name
    toolroom.refused("model.no_former", "model", "rollback")


def test_the_doctor_and_a_check_use_the_model_that_judges(
    tmp_path: Path, toolroom: CommandLine, signer: Signer, brace_photo: Path
) -> None:
    toolroom("model", "install", release(tmp_path / "usb", "second", signer), "--yes")
    (model,) = [check for check in toolroom("doctor", "--json").json["checks"] if check["name"] == "model"]
    assert model["model"] == "second"
    answer = toolroom("check", brace_photo, "--toolkit", "RRJ/737/32S", "--json")
    assert answer.json["model"]["name"] == "second"


def test_every_operation_names_the_model_that_judged_it_also_after_the_way_back(
    tmp_path: Path, toolroom: CommandLine, signer: Signer, brace_photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOOLROOM_PIN", PIN)
    kits = ("S-1", "S-2", "S-3")
    assert toolroom("kits", "import", "--yes", toolkit_file(tmp_path / "small.yaml", "brace", kits=kits)).code == 0
    command = ("check", brace_photo, "--toolkit", "small", "--record", "--badge", "DEMO-TECH", "--kit")
    toolroom(*command, "S-1")
    toolroom("model", "install", release(tmp_path / "usb", "second", signer), "--yes")
    toolroom(*command, "S-2")
    toolroom("model", "rollback")
    toolroom(*command, "S-3")
    models = {entry["name"]: entry["sha256"] for entry in toolroom("model", "list", "--json").json["models"]}
    records = open_records(toolroom.data, read_only=True)
    try:
        operations = {operation.kit: operation for operation in records.operations.recent(limit=3)}
        sealed = {
            entry.op_id: entry.model_sha256 for entry in records.database.read(lambda uow: list(uow.journal.entries()))
        }
    finally:
        records.close()
    judged = {kit: operation.model_name for kit, operation in operations.items()}
    assert judged == {"S-1": OWN.name, "S-2": "second", "S-3": OWN.name}
    for operation in operations.values():
        assert operation.model_sha256 == models[operation.model_name] == sealed[operation.operation_id]
    assert toolroom("journal", "verify").code == 0


def test_an_unsigned_model_needs_a_word_that_the_list_repeats(tmp_path: Path, toolroom: CommandLine) -> None:
    manifest = release(tmp_path / "usb", "second", None)
    toolroom.refused("model.unsigned", "model", "install", manifest, "--yes", path=manifest)
    assert toolroom("model", "install", manifest, "--yes", "--allow-unsigned").code == 0
    listed = toolroom("model", "list")
    assert listed.code == 0
    assert "let in without a trusted signature" in listed.out
    assert toolroom("model", "verify").code == 0, "it may judge"


def test_a_model_that_covers_no_kit_needs_a_word(tmp_path: Path, toolroom: CommandLine, signer: Signer) -> None:
    manifest = release(tmp_path / "usb", "second", signer)
    toolroom.refused("model.kits_not_covered", "model", "install", manifest, kits="K-014, K-015")
    assert judging(toolroom) == OWN.name


def test_a_swapped_model_is_refused_by_install_and_verify(
    tmp_path: Path, toolroom: CommandLine, signer: Signer
) -> None:
    manifest = release(tmp_path / "usb", "second", signer)
    model = manifest.with_suffix(".onnx")
    model.write_bytes(model.read_bytes() + b"\0")
    toolroom.refused("model.sha256_differs", "model", "install", manifest, "--allow-unsigned", "--yes", path=model)
    toolroom.refused("model.sha256_differs", "model", "verify", manifest, path=model)


def test_verify_tells_who_signed_or_what_is_wrong(tmp_path: Path, toolroom: CommandLine, signer: Signer) -> None:
    answer = toolroom("model", "verify", SHIPPED)
    assert answer.code == 0 and "toolroom-desktop" in answer.out
    unsigned = toolroom("model", "verify", release(tmp_path / "usb", "second", None), "--json")
    assert unsigned.code == 1
    assert unsigned.json["signed_by"] is None and "not signed" in unsigned.json["problem"]


def test_verify_without_a_file_finds_a_damaged_model_of_the_station(
    tmp_path: Path, toolroom: CommandLine, signer: Signer
) -> None:
    toolroom("model", "install", release(tmp_path / "usb", "second", signer), "--yes")
    assert toolroom("model", "verify").code == 0
    (copy,) = (toolroom.data / "models").glob("*/second.onnx")
    copy.write_bytes(b"")
    answer = toolroom("model", "verify", "--json")
    assert answer.code == 1
    assert [entry["problem"] is None for entry in answer.json["models"]] == [True, False]
    assert toolroom("model", "list").code == 1


def test_a_model_named_in_the_settings_is_said_to_judge_instead(
    tmp_path: Path, toolroom: CommandLine, signer: Signer
) -> None:
    (toolroom.data / "settings.toml").write_text(f"[model]\nmanifest = '{SHIPPED}'\n", encoding="utf-8")
    answer = toolroom("model", "install", release(tmp_path / "usb", "second", signer), "--yes")
    assert "model.manifest" in answer.err
    assert toolroom("model", "list", "--json").json["named_in_settings"] == str(SHIPPED)


def test_a_key_made_with_a_passphrase_signs_what_the_station_then_trusts(
    tmp_path: Path, toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "наш цех.key"
    monkeypatch.setenv("TOOLROOM_KEY_PASSPHRASE", "верный конь")
    assert toolroom("model", "keygen", key).code == 0
    manifest = release(tmp_path / "usb", "second", None)
    assert toolroom("model", "sign", manifest, "--key", key).code == 0
    assert toolroom("model", "verify", manifest).code == 1, "not trusted yet"
    keys = tmp_path / "trusted by the settings"
    keys.mkdir()
    shutil.copy(key.with_suffix(".pem"), keys)
    (toolroom.data / "settings.toml").write_text(f"[model]\ntrusted_keys = '{keys}'\n", encoding="utf-8")
    answer = toolroom("model", "verify", manifest)
    assert answer.code == 0 and "наш цех" in answer.out
    monkeypatch.setenv("TOOLROOM_KEY_PASSPHRASE", "неверный")
    toolroom.refused("model.key_wrong", "model", "sign", manifest, "--key", key, path=key)


def test_a_passphrase_is_typed_twice_and_never_empty(
    tmp_path: Path, toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOOLROOM_KEY_PASSPHRASE", raising=False)
    key = tmp_path / "it.key"
    typing(monkeypatch, "одна", "другая", "одна", "другая")
    toolroom.refused("cli.passphrases_differ", "model", "keygen", key)
    typing(monkeypatch, "", "", "", "")
    toolroom.refused("cli.passphrase_empty", "model", "keygen", key)
    assert not key.exists()
    typing(monkeypatch, "одна", "одна")
    assert toolroom("model", "keygen", key).code == 0
    assert read_key(key, "одна").public_key() is not None


def test_where_nobody_can_be_asked_a_passphrase_must_be_given(
    tmp_path: Path, toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOOLROOM_KEY_PASSPHRASE", raising=False)
    toolroom.refused("cli.passphrase_needs_terminal", "model", "keygen", tmp_path / "it.key")
    assert toolroom("model", "keygen", tmp_path / "it.key", "--no-passphrase").code == 0


def test_without_what_training_needs_an_export_says_so(
    tmp_path: Path, toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    command = ("model", "export", tmp_path / "last.pt", "--out", tmp_path, "--name")
    toolroom.refused("model.training_not_installed", *command, "kit", "--size", "640x384")
    toolroom.refused("cli.bad_model_name", *command, "../kit", "--size", "640", value="../kit")
    for size in ("640x", "0", "большой", "640x384x3"):
        toolroom.refused("cli.bad_input_size", *command, "kit", "--size", size, value=size)
