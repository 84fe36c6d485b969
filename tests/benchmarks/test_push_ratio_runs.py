"""The measurement itself works; what it finds is reported, not asserted, because a busy computer would decide it."""

from __future__ import annotations

import json

import pytest

from tests.benchmarks import push_ratio
from tests.centre.server import builds


@pytest.mark.skipif(not builds(), reason="there is no PostgreSQL here")
def test_the_push_ratio_is_measured_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    measured = push_ratio.main(["--entries", "600", "--turns", "1", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert printed["entries"] == 600
    assert printed["push_ratio"] == measured.push_ratio > 0
    assert printed["round_ratio"] == measured.round_ratio > 0
