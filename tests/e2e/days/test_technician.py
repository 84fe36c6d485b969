"""A technician's day: a kit taken in the morning, brought back in parts, and a tool that does not come back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from tests.e2e.days.conftest import BeginDay
from toolroom_desktop.domain.cases import CaseState
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.ui.screens.cases.presenter import Doing
from toolroom_desktop.ui.screens.home.ways import Way


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_technician_s_day(begin_day: BeginDay, language: str) -> None:
    day = begin_day(language)
    app, window = day.bench.app, day.window

    # In the morning the kit is taken for an aircraft, with the time of its return.
    day.sign_in("DEMO-TECH")
    day.picture("home in the morning")
    day.scan("KIT-RRJ32S-014")
    day.lay_out()
    screen = window.result_screen
    screen.strip.buttons["work_order"].click()
    screen.details_page.fields["work_order"].setText("WO-2026-118")
    screen.details_page.fields["aircraft"].setText("RA-89001")
    screen.details_page.hour_buttons[max(screen.details_page.hour_buttons)].click()
    day.picture("details")
    screen.bar.main.click()
    out = day.confirm()
    assert (out.type, out.final_status, out.custody) == (
        OperationType.CHECKOUT,
        Status.SUCCESS,
        dict(REFERENCE_TOOLKIT.expected),
    )
    assert (out.work_order, out.aircraft) == ("WO-2026-118", "RA-89001")
    day.home()
    assert any(button.property("kit") == "K-014" for button in window.home_screen.findChildren(QPushButton))
    day.sign_out()

    # At noon all but two come back: they stay on the aircraft, in the technician's custody.
    day.hours_pass(5)
    day.sign_in("DEMO-TECH")
    day.scan("KIT-RRJ32S-014")
    day.lay_out(missing=("pliers", "side_cutters"))
    for tool in ("pliers", "side_cutters"):
        day.answer(tool, Count.KEPT)
    day.answer_the_rest_as_found()
    part = day.confirm()
    assert (part.custody, part.holder_badge) == ({"pliers": 1, "side_cutters": 1}, "DEMO-TECH")
    assert app.database.read(lambda uow: uow.cases.open()) == []
    day.home()
    day.picture("home at noon")
    day.sign_out()

    # In the evening the pliers are there, and the side cutters are not.
    day.hours_pass(3)
    day.sign_in("DEMO-TECH")
    next(b for b in window.home_screen.findChildren(QPushButton) if b.property("kit") == "K-014").click()
    day.lay_out(only=("pliers",))
    day.answer("side_cutters", Count.MISSING)
    day.answer_the_rest_as_found()
    back = day.confirm()
    assert (back.expected, back.custody) == ({"pliers": 1, "side_cutters": 1}, {})
    assert app.operations.held_by("DEMO-TECH") == []
    (number,) = back.cases
    assert number in window.saved_screen.outcome
    day.home()

    # Whoever had it searches first.
    window.home_screen.tiles[Way.CASES].click()
    day.quiet()
    cases = window.cases_screen
    cases.list_page.rows[0].click()
    day.quiet()
    assert cases.presenter.main is Doing.SEARCH
    day.picture("case")
    cases.bar.main.click()
    cases.step_page.place_field.setText("ниша левой стойки")
    day.picture("search")
    cases.bar.main.click()
    day.quiet()
    case = app.cases.by_number(number)
    assert (case.state, case.aircraft, case.work_order) == (CaseState.OPEN, "RA-89001", "WO-2026-118")
    assert [(step.badge, step.place) for step in case.events] == [
        ("DEMO-TECH", ""),
        ("DEMO-TECH", "ниша левой стойки"),
    ]
    day.sign_out()
    assert len(day.entries("sign_in")) == len(day.entries("sign_out")) == 3
    assert day.journal_is_whole()
