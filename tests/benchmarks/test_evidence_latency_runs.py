"""The measurement itself works; what it finds is reported, not asserted, because a busy computer would decide it."""

from __future__ import annotations

import json

import pytest

from tests.benchmarks import evidence_latency
from tests.centre.server import builds


@pytest.mark.skipif(not builds(), reason="there is no PostgreSQL here")
def test_the_latency_beside_photos_and_a_model_is_measured_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    measured = evidence_latency.main(["--megabytes", "2", "--turns", "1", "--operations", "4", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert (printed["megabytes_up"], printed["megabytes_down"]) == (2.0, 12.7)
    assert printed["push_quiet"]["operations"] == 4
    assert printed["push_ratio"] == measured.push_ratio > 0
    assert measured.round_busy.operations > 0
