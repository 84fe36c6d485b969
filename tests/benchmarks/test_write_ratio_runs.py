"""The measurement itself works; what it finds is reported, not asserted, because a busy computer would decide it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from . import write_ratio


def test_the_write_ratio_is_measured_and_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    measured = write_ratio.main(["--operations", "5", "--folder", str(tmp_path), "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert printed["operations"] == 5
    assert printed["ratio"] == pytest.approx(measured.operation_ms / measured.bare_ms)
    assert list(tmp_path.iterdir()) == []
