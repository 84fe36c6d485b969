"""From a filter of the history to one SQL query that goes by an index.

Of everything that a filter asks for, what is rarest leads: its index is walked in the order of the journal, and the
rest is looked at row by row. How rare something is, is counted in its index, up to a limit: SQLite would only guess.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.adapters.database.history_codes import (
    FINDINGS,
    PARTS,
    SEPARATOR,
    STATUSES,
    TYPES,
    US_PER_DAY,
    key_of,
    mark,
    microseconds,
    words_of,
)
from toolroom_desktop.services.history_rows import Choice, HistoryFilter

_ALL = 1 << 62
_FEW, _MANY = 1_000, 20_000
_BEGINNING = 2
"""Letters of a word from which on its beginning is enough: one letter would mean half of everything."""
_MOST_WORDS = 64


@dataclass(frozen=True, slots=True)
class _Lead:
    """Something asked for by whose index the operations can be walked.

    sources    a FROM clause and its condition for each value; more than one are merged
    seq        the column that holds the operation's number
    parameters of every condition, by name
    condition  the same, asked of a row `h` that something else led to
    """

    sources: tuple[tuple[str, str], ...]
    seq: str
    condition: str
    parameters: dict[str, Any] = field(default_factory=dict)
    distinct: bool = False
    text: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A filter as SQL. `empty`: nothing can fit, whatever the records hold."""

    sources: tuple[tuple[str, str], ...] = ()
    seq: str = "h.site_seq"
    distinct: bool = False
    conditions: tuple[str, ...] = ()
    parameters: dict[str, Any] = field(default_factory=dict)
    empty: bool = False

    def numbers(self, *, newest_first: bool, limit: int, after: int | None = None) -> tuple[str, dict[str, Any]]:
        """The numbers of the next operations, after that of one of them, in that order."""
        parameters = {**self.parameters, "limit": limit}
        if after is not None:
            if newest_first:
                parameters["high"] = min(parameters["high"], after - 1)
            else:
                parameters["low"] = max(parameters["low"], after + 1)
        what = f"{'DISTINCT ' if self.distinct else ''}{self.seq} AS site_seq"
        parts = [self._select(what, *source) for source in self.sources]
        order = "DESC" if newest_first else "ASC"
        # One column stands for the operation's number in each; where there are several, SQLite merges them in order.
        by = "1" if len(parts) > 1 else self.seq
        return f"{' UNION '.join(parts)} ORDER BY {by} {order} LIMIT :limit", parameters

    def counting(self, most: int) -> tuple[str, dict[str, Any]]:
        """How many there are, counted up to `most`."""
        query, parameters = self.numbers(newest_first=True, limit=most)
        return f"SELECT count(*) FROM ({query})", parameters  # noqa: S608

    def of_all(self, columns: str) -> tuple[str, dict[str, Any]]:
        """Columns of the narrow row `h` of all of them, in no order."""
        parts = [self._select(columns, *source) for source in self.sources]
        if len(parts) > 1 or self.distinct:
            query, parameters = self.numbers(newest_first=True, limit=_ALL)
            found = f"({query}) AS q CROSS JOIN history AS h ON h.site_seq = q.site_seq"
            return f"SELECT {columns} FROM {found}", parameters  # noqa: S608
        return parts[0], dict(self.parameters)

    def _select(self, what: str, tables: str, condition: str) -> str:
        bounds = f"{self.seq} BETWEEN :low AND :high"
        where = " AND ".join(part for part in (condition, bounds, *self.conditions) if part)
        return f"SELECT {what} FROM {tables} WHERE {where}"  # noqa: S608


NOTHING = Plan(empty=True)


class Planner:
    """Makes plans over one connection."""

    def __init__(self, driver: sqlite3.Connection, site_id: str, sites: Mapping[str, int] | None = None) -> None:
        """`sites` are the stations whose operations lie here, with their numbers; None: that of `site_id` alone."""
        self._driver = driver
        self._site_id = site_id
        self._sites = sites

    def plan(self, wanted: HistoryFilter) -> Plan:
        """How to find what is wanted."""
        bounds = self._bounds(wanted)
        leads = self._leads(wanted)
        if bounds is None or leads is None:
            return NOTHING
        if wanted.site:
            own = {self._site_id: 0} if self._sites is None else self._sites
            found = [number for site_id, number in own.items() if folded(site_id) == folded(wanted.site)]
            if not found:
                return NOTHING
            if self._sites is not None:
                leads.append(_column("site", found))
        conditions, parameters = _plain(wanted)
        parameters |= {"low": bounds[0], "high": bounds[1]}
        for each in leads:
            parameters |= each.parameters
        if not leads:
            return Plan((("history AS h", ""),), "h.site_seq", False, tuple(conditions), parameters)
        lead = self._rarest(leads, parameters)
        others = [other.condition for other in leads if other is not lead]
        return Plan(lead.sources, lead.seq, lead.distinct, (*others, *conditions), parameters)

    # --- what there is

    def _bounds(self, wanted: HistoryFilter) -> tuple[int, int] | None:
        """The part of the journal in which the period lies; None where nothing does."""
        if wanted.since is None and wanted.before is None:
            return 0, _ALL
        first = 0 if wanted.since is None else microseconds(wanted.since) // US_PER_DAY
        last = _ALL if wanted.before is None else (microseconds(wanted.before) - 1) // US_PER_DAY
        low, high = self._driver.execute(
            "SELECT min(first_seq), max(last_seq) FROM history_day WHERE day BETWEEN ? AND ?", (first, last)
        ).fetchone()
        return None if low is None else (low, high)

    def _ids(self, kind: Choice, value: str) -> list[int]:
        row = self._driver.execute(
            "SELECT name_id FROM history_name WHERE kind = ? AND key = ?", (kind.value, key_of(kind, value.strip()))
        ).fetchone()
        return [] if row is None else [row[0]]

    def _people(self, wanted: str) -> list[int]:
        key = folded(wanted)
        rows = self._driver.execute("SELECT name_id, key FROM history_name WHERE kind = ?", (Choice.PERSON.value,))
        return [name_id for name_id, known in rows.fetchall() if key in known.split(SEPARATOR)]

    def _models(self, wanted: str) -> list[int]:
        key = folded(wanted)
        rows = self._driver.execute("SELECT name_id, value, title FROM history_name WHERE kind = ?", ("model",))
        return [name_id for name_id, *names in rows.fetchall() if key in map(folded, names)]

    # --- what can lead

    def _leads(self, wanted: HistoryFilter) -> list[_Lead] | None:
        """Likely the rarest first; None where a name is asked for that never occurred."""
        leads: list[_Lead] = []
        if wanted.text.strip():
            text = self._text(wanted)
            if text is None:
                return None
            leads.append(text)
        named: list[tuple[str, str, Callable[[str], list[int]]]] = [
            ("work_order", wanted.work_order, lambda value: self._ids(Choice.WORK_ORDER, value)),
            ("kit", wanted.kit, lambda value: self._ids(Choice.KIT, value)),
            ("aircraft", wanted.aircraft, lambda value: self._ids(Choice.AIRCRAFT, value)),
            ("toolkit", wanted.toolkit, lambda value: self._ids(Choice.TOOLKIT, value)),
            ("model", wanted.model, self._models),
        ]
        for column, value, find in named:
            if value.strip():
                ids = find(value)
                if not ids:
                    return None
                leads.append(_column(column, ids))
        if wanted.person.strip():
            people = self._people(wanted.person)
            if not people:
                return None
            leads.append(_person(people, wanted))
        if wanted.tool_class.strip() or wanted.marking.strip() or wanted.findings:
            found = self._finding(wanted)
            if found is None:
                return None
            leads.append(found)
        leads += _flags(wanted)
        for column, codes in (
            ("final_status", [STATUSES[status] for status in wanted.final_statuses]),
            ("status", [STATUSES[status] for status in wanted.statuses]),
            ("type", [TYPES[type_] for type_ in wanted.types]),
        ):
            if codes:
                leads.append(_column(column, codes))
        return leads

    def _finding(self, wanted: HistoryFilter) -> _Lead | None:
        conditions: list[str] = []
        parameters: dict[str, Any] = {}
        sources: list[tuple[str, str]] = []
        if wanted.tool_class.strip():
            ids = self._ids(Choice.TOOL_CLASS, wanted.tool_class)
            if not ids:
                return None
            conditions.append("f.tool_class = :f_class")
            parameters["f_class"] = ids[0]
        if wanted.marking.strip():
            conditions.append("f.marking_key = :f_marking AND f.marking_key <> ''")
            parameters["f_marking"] = folded(wanted.marking)
        codes = sorted(FINDINGS[finding] for finding in wanted.findings)
        if codes:
            conditions.append(f"f.finding IN ({', '.join(map(str, codes))})")
        where = " AND ".join(conditions)
        if wanted.marking.strip():
            sources = [("history_finding AS f INDEXED BY ix_history_finding_marking", where)]
        elif wanted.tool_class.strip():
            sources = [("history_finding AS f INDEXED BY ix_history_finding_tool_class", where)]
        else:
            sources = [
                ("history_finding AS f INDEXED BY ix_history_finding_finding", f"f.finding = {code}") for code in codes
            ]
        joined = tuple(
            (f"{tables} CROSS JOIN history AS h ON h.site_seq = f.site_seq", said) for tables, said in sources
        )
        condition = f"EXISTS (SELECT 1 FROM history_finding AS f WHERE f.site_seq = h.site_seq AND {where})"  # noqa: S608
        return _Lead(joined, "f.site_seq", condition, parameters, distinct=True)

    def _text(self, wanted: HistoryFilter) -> _Lead | None:
        """Every word must occur, or one that begins with it; None where there is no such word."""
        parts = []
        for word in dict.fromkeys(words_of(wanted.text)):
            part = self._beginning_with(word) if len(word) >= _BEGINNING else f'"{word}"'
            if not part:
                return None
            parts.append(part)
        if not parts:
            return None
        names = (wanted.kit, wanted.toolkit, wanted.aircraft, wanted.work_order, wanted.marking)
        parts += [f'"{word}"' for word in words_of(" ".join((*names, wanted.person)))]
        parts += _marks(wanted)
        condition = (
            "EXISTS (SELECT 1 FROM history_text WHERE history_text MATCH :words AND history_text.rowid = h.site_seq)"
        )
        tables = "history_text CROSS JOIN history AS h ON h.site_seq = history_text.rowid"
        return _Lead(
            ((tables, "history_text MATCH :words"),),
            "history_text.rowid",
            condition,
            {"words": " AND ".join(dict.fromkeys(parts))},
            text=True,
        )

    def _beginning_with(self, word: str) -> str:
        """A few words are asked for by name, which walks them in order; of many, each occurs in few operations."""
        rows = self._driver.execute(
            "SELECT word FROM history_word WHERE word >= ? AND word < ? LIMIT ?",
            (word, word + chr(0x10FFFF), _MOST_WORDS + 1),
        ).fetchall()
        if len(rows) > _MOST_WORDS:
            return f'"{word}"*'
        known = " OR ".join(f'"{known}"' for (known,) in rows)
        return f"({known})" if len(rows) > 1 else known

    # --- which one leads

    def _rarest(self, leads: Sequence[_Lead], parameters: dict[str, Any]) -> _Lead:
        if len(leads) == 1:
            return leads[0]
        best, fewest = leads[0], _MANY + 2
        for lead in leads:
            if lead.text:
                # It asks for all else, too, as far as that can be said in words.
                return lead
            number = self._how_many(lead, parameters)
            if number < fewest:
                best, fewest = lead, number
            if fewest < _FEW:
                break
        return best

    def _how_many(self, lead: _Lead, parameters: dict[str, Any]) -> int:
        number = 0
        for tables, condition in lead.sources:
            alone = tables.split(" CROSS JOIN ")[0]
            query = (
                f"SELECT count(*) FROM (SELECT 1 FROM {alone} WHERE {condition} "  # noqa: S608
                f"AND {lead.seq} BETWEEN :low AND :high LIMIT {_MANY + 1 - number})"
            )
            number += self._driver.execute(query, _named(query, parameters)).fetchone()[0]
            if number > _MANY:
                break
        return number


def _named(query: str, parameters: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if f":{name}" in query}


def _plain(wanted: HistoryFilter) -> tuple[list[str], dict[str, Any]]:
    """What is only ever looked at row by row."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if wanted.since is not None:
        conditions.append("h.finished_us >= :since")
        parameters["since"] = microseconds(wanted.since)
    if wanted.before is not None:
        conditions.append("h.finished_us < :before")
        parameters["before"] = microseconds(wanted.before)
    for column, flag in (
        ("counted", wanted.counted),
        ("owed", wanted.count_owed),
        ("with_case", wanted.with_case),
        ("overridden", wanted.overridden),
    ):
        if flag is False:
            conditions.append(f"h.{column} = false")
    if wanted.first_pass:
        conditions.append("h.first_pass = true")
    return conditions, parameters


def _flags(wanted: HistoryFilter) -> Iterable[_Lead]:
    for index, condition, asked in (
        ("with_case", "h.with_case = true", wanted.with_case is True),
        ("overridden", "h.overridden = true", wanted.overridden is True),
        ("owed", "h.owed = true", wanted.count_owed is True),
        ("counted", "h.counted = true", wanted.counted is True),
        ("not_first_pass", "h.first_pass = false", wanted.first_pass is False),
    ):
        if asked:
            yield _Lead(((f"history AS h INDEXED BY ix_history_{index}", condition),), "h.site_seq", condition)


def _marks(wanted: HistoryFilter) -> list[str]:
    """What else is wanted, in the marks of the full text."""
    marks: list[str] = []
    codes: tuple[tuple[str, list[int]], ...] = (
        ("type", [TYPES[type_] for type_ in wanted.types]),
        ("status", [STATUSES[status] for status in wanted.statuses]),
        ("final", [STATUSES[status] for status in wanted.final_statuses]),
    )
    for name, numbers in codes:
        if numbers:
            marks.append("(" + " OR ".join(f'"{mark(name, number)}"' for number in sorted(numbers)) + ")")
    for name, asked in (
        ("case", wanted.with_case is True),
        ("over", wanted.overridden is True),
        ("owed", wanted.count_owed is True),
        ("counted", wanted.counted is True),
        ("again", wanted.first_pass is False),
    ):
        if asked:
            marks.append(f'"{mark(name)}"')
    return marks


def _column(column: str, values: Sequence[int]) -> _Lead:
    index = f"history AS h INDEXED BY ix_history_{column}"
    sources = tuple((index, f"h.{column} = {value:d}") for value in sorted(values))
    return _Lead(sources, "h.site_seq", f"+h.{column} IN ({', '.join(f'{value:d}' for value in sorted(values))})")


def _person(people: Sequence[int], wanted: HistoryFilter) -> _Lead:
    bits = sum(PARTS[part] for part in wanted.parts)
    as_what = f" AND p.parts & {bits:d}" if bits else ""
    tables = "history_person AS p CROSS JOIN history AS h ON h.site_seq = p.site_seq"
    among = ", ".join(f"{person:d}" for person in people)
    condition = (
        f"EXISTS (SELECT 1 FROM history_person AS p WHERE p.person IN ({among}) "  # noqa: S608
        f"AND p.site_seq = h.site_seq{as_what})"
    )
    sources = tuple((tables, f"p.person = {person:d}{as_what}") for person in people)
    return _Lead(sources, "p.site_seq", condition)
