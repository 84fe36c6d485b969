"""Settings: refused with a name rather than guessed at, and saved without losing anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.config.settings import Settings, load_settings, save_setting
from toolroom_desktop.config.settings_guide import guide_file, settings_declared, table, with_table
from toolroom_desktop.domain.errors import BadSettings

COMMENTED = '# Участок 3\n[camera]\nsource = "usb:1" # над столом\n\n[thresholds]\nmatch_percentage = 90.0\n'


def refusal(path: Path, text: str | bytes) -> BadSettings:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadSettings) as caught:
        load_settings(path)
    return caught.value


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_what_the_file_says_holds(tmp_path: Path) -> None:
    path = tmp_path / "настройки.toml"
    path.write_text("\ufeff" + COMMENTED, encoding="utf-8")
    settings = load_settings(path)
    assert settings.camera.source == "usb:1"
    assert settings.station_thresholds().match_percentage == 90.0
    assert settings.pace().frames == 5


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("[camera]\nsorce = 'usb:0'\n", "settings.unknown_key", "camera.sorce"),
        ("[kamera]\n", "settings.unknown_key", "kamera"),
        ("[camera]\nwidth = 'wide'\n", "settings.bad_value", "camera.width"),
        ("[camera]\nwidth = 1280.5\n", "settings.bad_value", "camera.width"),
        ("[thresholds]\nmatch_percentage = 950\n", "settings.bad_value", "thresholds.match_percentage"),
        ("[thresholds]\nmatch_percentage = '95'\n", "settings.bad_value", "thresholds.match_percentage"),
        ("[thresholds.per_class.pliers]\naccept = 2.0\n", "settings.bad_value", "thresholds.per_class.pliers.accept"),
        ("[station]\nlanguage = 'de'\n", "settings.bad_value", "station.language"),
        ("camera = 5\n", "settings.bad_value", "camera"),
    ],
)
def test_a_wrong_type_or_an_unknown_key_is_refused_by_its_name(tmp_path: Path, text: str, code: str, key: str) -> None:
    error = refusal(tmp_path / "settings.toml", text)
    assert (error.code, error.details["key"]) == (code, key)
    for language in LANGUAGES:
        assert key in Messages(language).error(error)


@pytest.mark.parametrize("text", [b"[camera\n", b"\xff\xfe\x00", "[camera]\nsource = \xab".encode("cp1251")])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, text: bytes) -> None:
    error = refusal(tmp_path / "settings.toml", text)
    assert error.code == "settings.not_toml"
    assert "settings.toml" in Messages("ru").error(error)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as caught:
        load_settings(tmp_path)
    assert caught.value.code == "settings.unreadable"


def test_saving_one_setting_keeps_comments_order_and_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(COMMENTED, encoding="utf-8")
    changed = save_setting(path, "station", "language", "en")
    assert changed == load_settings(path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(COMMENTED)
    assert changed.camera.source == "usb:1"
    assert [p.name for p in tmp_path.iterdir()] == ["settings.toml"]


def test_a_value_that_would_be_refused_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(COMMENTED, encoding="utf-8")
    with pytest.raises(BadSettings):
        save_setting(path, "station", "language", "de")
    assert path.read_text(encoding="utf-8") == COMMENTED


def test_a_whole_number_is_a_number(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[thresholds]\nmatch_percentage = 95\n")
    assert load_settings(path).thresholds.match_percentage == 95.0


def test_a_folder_that_cannot_be_made_for_the_settings_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadSettings) as caught:
        save_setting(tmp_path / "file" / "settings.toml", "station", "language", "en")
    assert caught.value.code in ("settings.not_writable", "settings.unreadable")


def test_the_table_of_the_guide_is_made_of_the_declarations() -> None:
    text = guide_file().read_text(encoding="utf-8")
    assert with_table(text) == text, "run: python -m toolroom_desktop.config.settings_guide"


def test_the_table_says_of_every_setting_what_it_may_be() -> None:
    rows = {line.split("|")[1].strip(): line for line in table().splitlines()[2:]}
    assert len(rows) == len(list(settings_declared())) > 20
    assert all(field.description for _, field in settings_declared())
    assert '| `"ru"`, `"en"` | `"ru"` |' in rows["`station.language`"]
    assert "| 15–3600 | `180` |" in rows["`station.idle_sign_out_seconds`"]
    assert "| true, false | `false` |" in rows["`station.fullscreen`"]
    assert rows["`station.fullscreen`"].endswith("| DWORD 0 or 1 |")
    assert "| 0–60 | `0.6` |" in rows["`inspection.still_seconds`"]
    assert "| above 0, up to 1 | not set |" in rows["`thresholds.per_class.CLASS.accept`"]
    assert rows["`thresholds.per_class.CLASS.accept`"].endswith("| SZ |")
