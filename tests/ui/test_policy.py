"""What a policy fixes is said where somebody tries to change it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench
from toolroom_desktop.config.policy import POLICY_VARIABLE


def test_a_language_that_the_policy_fixes_changes_until_the_next_start_and_the_window_says_why(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[station]\nlanguage = "en"\n', encoding="utf-8")
    monkeypatch.setenv(POLICY_VARIABLE, str(policy))
    window = open_window("en")
    window.top_bar.language_button.click()
    qtbot.waitUntil(lambda: str(policy) in window.notice.sentence)
    assert "закреплена" in window.notice.sentence
    assert window.shell.session.language == "ru"
    assert not bench.settings_path.exists()
