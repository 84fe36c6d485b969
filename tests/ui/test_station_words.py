"""Which records are shown and how old they are, in every state and both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from toolroom_desktop.config.messages import LANGUAGES, Language
from toolroom_desktop.services.all_stations import Standing
from toolroom_desktop.services.sync.state import SyncState
from toolroom_desktop.ui.station_words import StandingLine, standing_line
from toolroom_desktop.ui.translation import Translations

NOW = datetime(2026, 5, 4, 11, 5, tzinfo=UTC)
MOSCOW = timedelta(hours=3)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Language]:
    """Either language of the windows."""
    translations = Translations()
    translations.use(request.param)
    yield request.param
    translations.clear()


def line(language: str, sync: SyncState | None = None, **standing: Any) -> StandingLine:
    return standing_line(Standing(**standing), sync, NOW, lambda at: at + MOSCOW, language)


def away(hours: float) -> SyncState:
    return SyncState(problem="centre.silent", last_success=NOW - timedelta(hours=hours))


CASES = {
    "fresh": (
        {"as_of": NOW},
        None,
        {"en": "All stations as of 14:05", "ru": "Все станции, данные на 14:05"},
        ("centre", ""),
    ),
    "after midnight by the station's clock it is another day": (
        {"as_of": NOW - timedelta(hours=15)},
        None,
        {
            "en": "All stations as of yesterday 23:05 · 15 hours old",
            "ru": "Все станции, данные на 23:05 (вчера) · давность 15 часов",
        },
        ("notice", "look"),
    ),
    "old": (
        {"as_of": NOW - timedelta(days=3), "missing": 1},
        away(72),
        {
            "en": "All stations as of 2026-05-01 14:05 · 1 entry not here yet · 3 days old"
            " · no connection since 2026-05-01 14:05",
            "ru": "Все станции, данные на 01.05.2026 14:05 · 1 запись ещё не получена · давность 3 дня"
            " · нет связи с 01.05.2026 14:05",
        },
        ("offline", "look"),
    ),
    "some are on their way": (
        {"as_of": NOW - timedelta(minutes=5), "missing": 412, "held": 9000},
        None,
        {
            "en": "All stations as of 14:00 · 412 entries not here yet",
            "ru": "Все станции, данные на 14:00 · 412 записей ещё не получено",
        },
        ("centre", ""),
    ),
    "never whole": (
        {"missing": 412, "held": 12_000},
        None,
        {
            "en": "All stations, not complete yet: 12\N{NO-BREAK SPACE}000 of 12\N{NO-BREAK SPACE}412 entries are here",
            "ru": "Все станции, пока не полностью: получено записей 12\N{NO-BREAK SPACE}000 из 12\N{NO-BREAK SPACE}412",
        },
        ("notice", "look"),
    ),
    "nothing yet, and no way to the centre": (
        {},
        SyncState(problem="centre.silent"),
        {
            "en": "All stations, not complete yet: they come from the centre · no connection to the centre",
            "ru": "Все станции, пока не полностью: записи приходят из центра · нет связи с центром",
        },
        ("offline", "look"),
    ),
    "a journal that does not hold": (
        {"as_of": NOW, "broken": ("Ангар Б",)},
        None,
        {
            "en": "All stations as of 14:05 · the journal of Ангар Б does not hold at the centre",
            "ru": "Все станции, данные на 14:05 · журнал станции Ангар Б в центре нарушен",
        },
        ("notice", "look"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_line_says_what_is_shown_and_warns_where_it_is_not_all_of_now(language: Language, case: str) -> None:
    standing, sync, words, drawn = CASES[case]
    said = line(language, sync, **cast("dict[str, Any]", standing))
    assert said.text == words[language]
    assert (said.symbol, said.judgement) == drawn
