"""The measurement itself works; what it finds is reported, not asserted, because a busy computer would decide it."""

from __future__ import annotations

import json

import pytest

from tests.benchmarks import report_speed


@pytest.mark.usefixtures("qapp")
def test_the_speed_of_reports_is_measured_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    measured = report_speed.main(["--rows", "300", "--operations", "6", "--turns", "1", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert printed["rows"] == 300
    assert printed["xlsx_ratio"] == measured.xlsx_ratio > 0
    assert printed["pdf_pages"] == measured.pdf_pages > 1
