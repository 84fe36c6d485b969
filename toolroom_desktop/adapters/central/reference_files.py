"""What files, or the register of a station, would have the centre say: read with the station's own readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.files.content import BadLines
from toolroom_desktop.adapters.files.people_lists import names_a_column_of_people, read_people, rows_of
from toolroom_desktop.adapters.files.tool_lists import read_tool_list
from toolroom_desktop.adapters.files.toolkits import read_toolkits
from toolroom_desktop.domain.errors import BadImportFile
from toolroom_desktop.domain.register import key_of
from toolroom_desktop.domain.toolkit import Toolkit
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.reference_content import (
    KIT,
    PERSON,
    TOOL,
    TOOLKIT,
    kit_content,
    kit_of,
    person_content,
    tool_content,
    tool_of,
    toolkit_content,
    toolkit_of,
)
from toolroom_desktop.services.reference_plan import (
    FileKind,
    Planned,
    Present,
    Problem,
    Wanted,
    faults_of,
    plan_rows,
)
from toolroom_desktop.services.tool_import import Store, plan_import

_ENDINGS = (".csv", ".xlsx", ".yaml", ".yml")


def kind_of(path: Path) -> FileKind:
    """What a file holds, by its name's end and its first row. Raises `BadImportFile`."""
    if path.suffix.casefold() in (".yaml", ".yml"):
        return FileKind.TOOLKITS
    rows = rows_of(path)
    titles = [value.casefold() for value in rows[0][1] if isinstance(value, str)] if rows else []
    if any(names_a_column_of_people(title) for title in titles):
        return FileKind.PEOPLE
    return FileKind.TOOLKITS if {"toolkit", "набор"} & set(titles) else FileKind.TOOLS


def files_in(path: Path) -> list[Path]:
    """The file, or those of a folder that may be lists, by name. Raises `BadImportFile` for a folder without any."""
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.iterdir() if one.suffix.casefold() in _ENDINGS and one.is_file())
    if not found:
        raise BadImportFile("import.no_lists", path=path)
    return found


def plan_files(
    paths: Sequence[Path], present: Present, kind: FileKind | None = None
) -> tuple[list[Planned], list[Problem]]:
    """What the files would change together, people and toolkits before tools, with everything that is wrong in them."""
    order = list(FileKind)
    planned: dict[tuple[str, str], Planned] = {}
    problems: list[Problem] = []
    told = sorted((order.index(kind or kind_of(path)), path) for path in paths)
    unread = False
    for place, path in told:
        if unread and order[place] is FileKind.TOOLS:
            # Whatever is wrong with their kits, it was said already.
            continue
        known = len(problems)
        after = present.with_these(planned.values())
        wanted = _READERS[order[place]](path, after, problems)
        unread |= order[place] is FileKind.TOOLKITS and len(problems) > known
        for one in wanted:
            earlier = planned.get(one.place)
            if earlier is not None and earlier.wanted.line and dict(earlier.wanted.content) != dict(one.content):
                twice = BadImportFile("import.said_twice", other=earlier.wanted.file, first=earlier.wanted.line)
                problems.append(Problem(one.file, one.line, "", twice))
        planned.update({one.wanted.place: one for one in plan_rows(present, wanted)})
    return _with_faults(present, list(planned.values()), problems)


def _with_faults(
    present: Present, planned: list[Planned], problems: list[Problem]
) -> tuple[list[Planned], list[Problem]]:
    by_place = {one.wanted.place: one.wanted for one in planned}
    if not problems:
        for place, error in faults_of(present.with_these(planned), by_place):
            problems.append(Problem(by_place[place].file, by_place[place].line, "", error))
    return planned, problems


def _people(path: Path, _present: Present, problems: list[Problem]) -> list[Wanted]:
    file = read_people(path)
    problems += [Problem(path.name, one.line, one.column, one.error) for one in file.problems]
    return [
        Wanted(PERSON, key_of(person.badge), person_content(person), path.name, line) for line, person in file.people
    ]


def _toolkits(path: Path, _present: Present, problems: list[Problem]) -> list[Wanted]:
    try:
        content = read_toolkits(path)
    except BadLines as lines:
        problems += [Problem(path.name, one.line, "", one.error) for one in lines.problems]
        return []
    lines_of_kits = {key_of(kit.number): line for line, kit in content.kit_lines}
    return [
        *_of_toolkits(content.toolkits, path.name),
        *(
            Wanted(KIT, key_of(kit.number), kit_content(kit), path.name, lines_of_kits.get(key_of(kit.number), 0))
            for kit in content.kits
        ),
    ]


def _tools(path: Path, present: Present, problems: list[Problem]) -> list[Wanted]:
    store = Store(
        toolkits={key: toolkit_of(content) for key, content in present.of_kind(TOOLKIT)},
        kits={key: kit_of(content) for key, content in present.of_kind(KIT)},
        tools=[tool_of(content) for _, content in present.of_kind(TOOL)],
        cases=(),
        out={},
    )
    plan = plan_import(read_tool_list(path), store)
    problems += [Problem(path.name, one.line, one.column, one.error) for one in plan.problems]
    return [Wanted(TOOL, str(row.after.tool_id), tool_content(row.after), path.name, row.line) for row in plan.rows]


_READERS = {FileKind.PEOPLE: _people, FileKind.TOOLKITS: _toolkits, FileKind.TOOLS: _tools}


def _of_toolkits(toolkits: Iterable[Toolkit], name: str) -> list[Wanted]:
    return [Wanted(TOOLKIT, key_of(toolkit.name), toolkit_content(toolkit), name) for toolkit in toolkits]


def plan_station(folder: Path, present: Present) -> tuple[list[Planned], list[Problem]]:
    """What the register of a station would change. Its records are only read. Raises `DatabaseProblem`."""
    database = SqliteDatabase.open_read_only(folder)
    try:
        wanted = database.read(_everything_of)
    finally:
        database.close()
    return _with_faults(present, plan_rows(present, wanted), [])


def _everything_of(uow: UnitOfWork) -> list[Wanted]:
    people, kits, tools = uow.people.all(), uow.catalogue.kits(), uow.tools.all()
    return [
        *(Wanted(PERSON, key_of(person.badge), person_content(person)) for person in people),
        *_of_toolkits(uow.catalogue.toolkits(), ""),
        *(Wanted(KIT, key_of(kit.number), kit_content(kit)) for kit in kits),
        *(Wanted(TOOL, str(tool.tool_id), tool_content(tool)) for tool in tools),
    ]
