"""What the IT department fixes for a machine holds at every station, and nothing at the station loosens it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import CommandLine
from toolroom_desktop.__main__ import parse, prepare
from toolroom_desktop.cli.program import _language
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.policy import POLICY_VARIABLE, PolicySource, policy_sources, read_file, read_registry
from toolroom_desktop.config.settings import Policy, Settings, load_settings, policy_in_force, save_setting
from toolroom_desktop.domain.errors import BadSettings

FIXED = '[station]\nlanguage = "en"\n\n[thresholds.per_class.pliers]\naccept = 0.9\n'


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of this machine's policy, which fixes two settings."""
    path = tmp_path / "политика" / "policy.toml"
    path.parent.mkdir()
    path.write_text(FIXED, encoding="utf-8")
    monkeypatch.setenv(POLICY_VARIABLE, str(path))
    return path


def registry(values: Mapping[str, Any]) -> Policy:
    """The policy that these registry values are."""
    source = read_registry(lambda: values)
    return policy_in_force([] if source is None else [source])


def refusal(sources: list[PolicySource]) -> BadSettings:
    with pytest.raises(BadSettings) as caught:
        policy_in_force(sources)
    return caught.value


def test_a_policy_goes_over_the_stations_file_and_leaves_the_rest_to_it(policy: Path, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert load_settings(path).station.language == "en", "also where the station has no file"
    path.write_text(
        '[station]\nlanguage = "ru"\ntheme = "dark"\n[thresholds.per_class.pliers]\naccept = 0.1\nreview = 0.05\n',
        encoding="utf-8",
    )
    settings = load_settings(path)
    assert (settings.station.language, settings.station.theme) == ("en", "dark")
    pliers = settings.thresholds.per_class["pliers"]
    assert (pliers.accept, pliers.review) == (0.9, 0.05)


def test_without_a_policy_the_stations_file_holds(tmp_path: Path) -> None:
    assert policy_in_force() == Policy()
    save_setting(tmp_path / "settings.toml", "station", "language", "en")
    assert load_settings(tmp_path / "settings.toml").station.language == "en"


def test_a_fixed_setting_is_not_saved_and_the_sentence_names_it_and_the_policy(policy: Path, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("# ours\n", encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        save_setting(path, "station", "language", "ru")
    assert caught.value.code == "settings.locked"
    assert path.read_text(encoding="utf-8") == "# ours\n"
    for language in LANGUAGES:
        sentence = Messages(language).error(caught.value)
        assert "station.language" in sentence and str(policy) in sentence


def test_a_free_setting_is_saved_and_fixed_ones_do_not_get_into_the_stations_file(policy: Path, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    settings = save_setting(path, "station", "theme", "dark")
    assert (settings.station.theme, settings.station.language) == ("dark", "en")
    assert "language" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("[camera\n", "policy.not_toml", None),
        (b"\xff\xfe", "policy.not_toml", None),
        ("[camera]\nsorce = 'usb:0'\n", "policy.unknown_key", "camera.sorce"),
        ("[kamera]\n", "policy.unknown_key", "kamera"),
        ("[camera]\nwidth = '1280'\n", "policy.bad_value", "camera.width"),
        ("[station]\nlanguage = 'de'\n", "policy.bad_value", "station.language"),
        ("camera = 5\n", "policy.bad_value", "camera"),
    ],
)
def test_a_wrong_policy_is_refused_by_file_and_setting_and_nothing_is_guessed(
    policy: Path, tmp_path: Path, text: str | bytes, code: str, key: str | None
) -> None:
    policy.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadSettings) as caught:
        load_settings(tmp_path / "settings.toml")
    assert (caught.value.code, caught.value.details.get("key")) == (code, key)
    with pytest.raises(BadSettings):
        save_setting(tmp_path / "settings.toml", "station", "theme", "dark")
    for language in LANGUAGES:
        sentence = Messages(language).error(caught.value)
        assert str(policy) in sentence and (key or "") in sentence


def test_a_wrong_file_of_the_station_is_not_blamed_on_the_policy(policy: Path, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[station]\nlanguage = 'de'\n", encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        load_settings(path)
    assert (caught.value.code, caught.value.details["path"]) == ("settings.bad_value", str(path))


def test_a_policy_that_cannot_be_read_is_refused(policy: Path) -> None:
    policy.unlink()
    assert policy_in_force() == Policy()
    policy.mkdir()
    with pytest.raises(BadSettings) as caught:
        policy_in_force()
    assert caught.value.code == "policy.unreadable"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes: there the rights of Program Files hold")
@pytest.mark.parametrize("loose", ["file", "folder", "owner"])
def test_a_policy_that_ordinary_users_could_write_is_refused(policy: Path, loose: str) -> None:
    policy.parent.chmod(0o755)
    policy.chmod(0o644)
    owner = policy.stat().st_uid
    assert read_file(policy, owner=owner) is not None
    if loose == "file":
        policy.chmod(0o664)
    if loose == "folder":
        policy.parent.chmod(0o777)
    with pytest.raises(BadSettings) as caught:
        read_file(policy, owner=owner + 1 if loose == "owner" else owner)
    assert caught.value.code == "policy.not_protected"


def test_the_registry_has_no_truth_values_and_no_numbers_with_a_point() -> None:
    held = registry(
        {
            "station.language": "en",
            "station.fullscreen": 1,
            "station.idle_sign_out_seconds": 60,
            "thresholds.match_percentage": "97.5",
            "thresholds.per_class.pliers.accept": "0.9",
        }
    )
    settings = load_settings(Path("no such file"), held)
    assert settings.station.fullscreen is True
    assert settings.station.idle_sign_out_seconds == 60
    assert settings.thresholds.match_percentage == 97.5
    assert settings.thresholds.per_class["pliers"].accept == 0.9
    assert set(held.places.values()) == {r"HKLM\Software\Policies\Toolroom Desktop"}
    assert "thresholds.per_class.pliers.accept" in held.places


@pytest.mark.parametrize(
    ("values", "code", "key"),
    [
        ({"station.langauge": "en"}, "policy.unknown_key", "station.langauge"),
        ({"language": "en"}, "policy.unknown_key", "language"),
        ({"station.fullscreen": 2}, "policy.bad_value", "station.fullscreen"),
        ({"station.idle_sign_out_seconds": "soon"}, "policy.bad_value", "station.idle_sign_out_seconds"),
        ({"station.language": 1}, "policy.bad_value", "station.language"),
    ],
)
def test_a_wrong_value_of_the_registry_is_refused_by_its_name(values: dict[str, Any], code: str, key: str) -> None:
    source = read_registry(lambda: values)
    assert source is not None
    error = refusal([source])
    assert (error.code, error.details["key"]) == (code, key)
    assert "HKLM" in Messages("ru").error(error)


@pytest.mark.parametrize("value", [b"usb:1", ["usb:1"], None])
def test_a_value_of_the_registry_that_is_neither_text_nor_number_is_refused(value: object) -> None:
    with pytest.raises(BadSettings) as caught:
        read_registry(lambda: {"camera.source": value})
    assert (caught.value.code, caught.value.details["key"]) == ("policy.bad_value", "camera.source")


@pytest.mark.parametrize("order", [("camera", "camera.source"), ("camera.source", "camera")])
def test_a_registry_in_which_one_name_is_within_another_is_refused(order: tuple[str, str]) -> None:
    with pytest.raises(BadSettings) as caught:
        read_registry(lambda: dict.fromkeys(order, "usb:1"))
    assert caught.value.code == "policy.unknown_key"


def test_a_registry_that_fails_is_no_registry_without_a_policy() -> None:
    def denied() -> Mapping[str, Any]:
        raise PermissionError(13, "denied")

    with pytest.raises(BadSettings) as caught:
        read_registry(denied)
    assert caught.value.code == "policy.unreadable"
    assert read_registry(dict) is None


def test_what_the_file_and_the_registry_set_the_registry_decides() -> None:
    held = policy_in_force(
        [
            PolicySource("file", {"station": {"language": "en", "theme": "dark"}}),
            PolicySource("registry", {"station": {"language": "ru"}}, loose=True),
        ]
    )
    assert held.values == {"station": {"language": "ru", "theme": "dark"}}
    assert held.places == {"station.language": "registry", "station.theme": "file"}


def test_an_installed_program_does_not_look_at_the_variable(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [source.place for source in policy_sources()] == [str(policy)]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert str(policy) not in [source.place for source in policy_sources()]


def test_the_windows_do_not_start_with_guessed_values(policy: Path, tmp_path: Path) -> None:
    settings, build = _prepared(tmp_path)
    assert settings.station.language == "en"
    policy.write_text("[station]\nlanguage = 'de'\n", encoding="utf-8")
    settings, build = _prepared(tmp_path)
    assert settings == Settings()
    with pytest.raises(BadSettings) as caught:
        build(lambda _step: None)
    assert caught.value.code == "policy.bad_value"
    assert not (tmp_path / "data").exists()


def _prepared(folder: Path) -> Any:
    return prepare(parse(["--data", str(folder / "data")]))


def test_the_doctor_says_which_policy_holds_and_what_it_fixes(
    policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toolroom = CommandLine(tmp_path / "data")
    assert toolroom("init").code == 0
    for language in LANGUAGES:
        line = next(line for line in toolroom("doctor", language=language).out.splitlines() if str(policy) in line)
        assert line.startswith("[+]") and "station.language" in line
    check = _policy_check(toolroom)
    assert check["settings"] == {
        "station.language": str(policy),
        "thresholds.per_class.pliers.accept": str(policy),
    }
    monkeypatch.setenv(POLICY_VARIABLE, "")
    assert _policy_check(toolroom)["settings"] == {}


def _policy_check(toolroom: CommandLine) -> Any:
    return next(check for check in toolroom("doctor", "--json").json["checks"] if check["name"] == "policy")


def test_the_doctor_finds_a_damaged_policy_and_commands_refuse_to_work_with_it(policy: Path, tmp_path: Path) -> None:
    toolroom = CommandLine(tmp_path / "data")
    assert toolroom("init").code == 0
    policy.write_text("[nowhere]\n", encoding="utf-8")
    check = _policy_check(toolroom)
    assert (check["grade"], check["problem"]) == ("bad", "policy.unknown_key")
    assert toolroom("doctor").code == 1
    toolroom.refused("policy.unknown_key", "check", "table.jpg", "--toolkit", "any", path=policy, key="nowhere")


def test_the_command_line_speaks_the_language_that_the_policy_fixes(policy: Path, tmp_path: Path) -> None:
    for language in LANGUAGES:
        policy.write_text(f'[station]\nlanguage = "{language}"\n', encoding="utf-8")
        assert _spoken(tmp_path) == language


def _spoken(folder: Path) -> str:
    return _language(None, DataFolder(folder / "nothing here"))


def test_the_settings_on_the_command_line_say_what_is_fixed_and_refuse_to_change_it(
    policy: Path, tmp_path: Path
) -> None:
    toolroom = CommandLine(tmp_path / "data")
    lines = toolroom("settings", "show").out.splitlines()
    assert [line.split(" = ")[0] for line in lines if str(policy) in line] == [
        "station.language",
        "thresholds.per_class.pliers.accept",
    ]
    toolroom.refused(
        "settings.locked", "settings", "set", "station.language", "ru", path=policy, key="station.language"
    )
    assert toolroom("settings", "set", "station.theme", "dark").code == 0
