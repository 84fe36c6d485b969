"""A chart of the figures is drawn, with its bars as long as their values, and can be taken along."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage

from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.selftest.qt import application, remarks
from toolroom_desktop.services.doctor import Check, Grade
from toolroom_desktop.ui.app import prepare
from toolroom_desktop.ui.widgets.chart import Bar, Chart

_SIZE = (640, 400)
_VALUES = (1.0, 2.0, 4.0)
# Axes and the edges of bars are drawn by halves of pixels.
_TOLERANCE = 0.05


def look(_bench: Workbench, *, disturb: Callable[[Chart], None] = lambda _chart: None) -> Check:
    """Draw columns of 1, 2 and 4 and measure them in the picture; `disturb` is given the chart before."""
    application()
    with remarks() as said:
        theme = prepare(Settings())
        chart = Chart(theme)
        try:
            chart.resize(*_SIZE)
            chart.show_bars([Bar(f"{value:g}", value, f"{value:g}", f"{value:g}") for value in _VALUES])
            chart.show()
            disturb(chart)
            areas = _areas(QImage.fromData(chart.png(_SIZE[0])), theme.palette.line_strong)
            drawing = chart.svg()
        finally:
            chart.close()
            chart.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    highest = max(areas)
    wrong = [area for area, value in zip(areas, _VALUES, strict=True) if abs(area - value / 4) > _TOLERANCE]
    if wrong or b"<svg" not in drawing:
        raise BadProgram("selftest.chart_wrong", listed=", ".join(f"{area:.2f}" for area in areas))
    facts = {"bars": [round(area / highest, 2) for area in areas], "svg_bytes": len(drawing), "qt_remarks": said}
    return Check("charts", Grade.GOOD, "selftest.charts", {"count": len(areas)}, facts)


def _areas(picture: QImage, colour: str) -> list[float]:
    """How much of a picture has the colour of bars in each third of it, from the left, against the most of them."""
    wanted = QColor(colour).rgb()
    exact = picture.convertToFormat(QImage.Format.Format_RGB32)
    counts = [0] * len(_VALUES)
    for y in range(exact.height()):
        for x in range(exact.width()):
            if exact.pixel(x, y) == wanted:
                counts[x * len(counts) // exact.width()] += 1
    return [count / max(1, *counts) for count in counts]
