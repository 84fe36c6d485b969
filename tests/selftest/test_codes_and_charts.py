"""Codes that a scanner could not read, and charts whose bars are not their values, are found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.printing.labels.codes import Modules, code_128_modules, qr_modules
from toolroom_desktop.selftest import charts, codes
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.doctor import Grade
from toolroom_desktop.ui.widgets.chart import Bar, Chart

pytestmark = pytest.mark.usefixtures("qapp")


def inverted(code: Modules) -> Modules:
    """Light where it should be dark."""
    return replace(code, rows=tuple(tuple(not dark for dark in row) for row in code.rows))


def test_the_codes_of_labels_can_be_read(bench: Workbench) -> None:
    assert codes.look(bench).grade is Grade.GOOD


def test_a_qr_code_of_something_else_is_found(bench: Workbench) -> None:
    with pytest.raises(BadProgram) as caught:
        codes.look(bench, qr=lambda text: qr_modules(text.replace("014", "015")))
    assert (caught.value.code, caught.value.details["kind"]) == ("selftest.code_wrong", "QR")


def test_a_code_128_with_other_bars_is_found(bench: Workbench) -> None:
    with pytest.raises(BadProgram) as caught:
        codes.look(bench, code_128=lambda text: inverted(code_128_modules(text)))
    assert (caught.value.code, caught.value.details["kind"]) == ("selftest.code_wrong", "Code 128")


def test_a_chart_is_drawn_with_its_values(bench: Workbench) -> None:
    check = charts.look(bench)
    assert check.grade is Grade.GOOD
    assert check.facts["bars"] == [0.25, 0.5, 1.0]


def _flat(chart: Chart) -> None:
    chart.show_bars([Bar("1", 1.0, "1", "1")] * 3)


def _empty(chart: Chart) -> None:
    chart.show_bars([])


@pytest.mark.parametrize("disturb", [_flat, _empty])
def test_a_chart_of_other_values_is_found(bench: Workbench, disturb: object) -> None:
    with pytest.raises(BadProgram) as caught:
        charts.look(bench, disturb=disturb)  # type: ignore[arg-type]
    assert caught.value.code == "selftest.chart_wrong"
