"""What a toolkit file says, field by field with its line, before and after it was judged.

Both formats are read into drafts; one place turns drafts into toolkits and kits and finds every error, so that a file
with five mistakes is mended in one go.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from toolroom_desktop.domain.errors import BadImportFile, BadInput, UserFacingError
from toolroom_desktop.domain.toolkit import ClassThreshold, Kit, Position, Toolkit

T = TypeVar("T")

TOOLKIT_FIELDS = ("title_ru", "title_en")
POSITION_FIELDS = ("class", "quantity", "name_ru", "name_en", "accept", "review")
MOST_OF_ONE = 100
"""The greatest quantity of one position."""
LONGEST_TEXT = 200
"""Characters of a name, title, number or code."""

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_SHARE = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One error of a file. Lines count from 1."""

    line: int
    error: UserFacingError


class BadLines(BadImportFile):
    """A file with errors, all of them in the order of their lines."""

    def __init__(self, path: str, problems: Sequence[LineProblem]) -> None:
        super().__init__("import.not_taken_in", path=path, count=len(problems))
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))


@dataclass(frozen=True, slots=True)
class Cell:
    """One field as it stands in the file, without the blanks around it."""

    text: str
    line: int


@dataclass(slots=True)
class RowDraft:
    """A position or a kit: its fields, and where it begins."""

    line: int
    fields: Mapping[str, Cell]

    def cell(self, name: str) -> Cell:
        """The field of that name; empty where the file does not give it."""
        return self.fields.get(name) or Cell("", self.line)

    def text(self, name: str) -> str:
        """The text of that field."""
        return self.cell(name).text


@dataclass(slots=True)
class ToolkitDraft:
    """A toolkit as a file gives it."""

    name: Cell
    titles: Mapping[str, str] = field(default_factory=dict)
    positions: list[RowDraft] = field(default_factory=list)
    kits: list[RowDraft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ToolkitFile:
    """A file without errors. `class_lines` and `kit_lines` say where each position's class and each kit stands."""

    toolkits: tuple[Toolkit, ...]
    kits: tuple[Kit, ...]
    class_lines: tuple[tuple[int, str], ...]
    kit_lines: tuple[tuple[int, Kit], ...]

    def unknown_to(self, model_classes: frozenset[str]) -> tuple[tuple[int, str], ...]:
        """(line, class) of the positions that a model with `model_classes` cannot see."""
        return tuple((line, name) for line, name in self.class_lines if name not in model_classes)


def same(text: str) -> str:
    """The form in which names and numbers are compared, as the database compares them."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).casefold())


class Problems:
    """Collects the errors of one file."""

    def __init__(self) -> None:
        self.found: list[LineProblem] = []

    def add(self, line: int, code: str, /, **details: object) -> None:
        """Note an error."""
        self.found.append(LineProblem(line, BadImportFile(code, **details)))

    def attempt(self, line: int, work: Callable[[], T]) -> T | None:
        """The answer of `work`, or None with its error noted."""
        try:
            return work()
        except UserFacingError as error:
            self.found.append(LineProblem(line, error))
            return None


def check_text(cell: Cell, problems: Problems) -> None:
    """Note what makes a text unusable as a name: control characters, or too many letters."""
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in cell.text):
        problems.add(cell.line, "import.control_character", text="".join(filter(str.isprintable, cell.text))[:40])
    if len(cell.text) > LONGEST_TEXT:
        problems.add(cell.line, "import.text_too_long", text=cell.text[:40], most=LONGEST_TEXT)


def _quantity(cell: Cell) -> int:
    if not cell.text:
        return 1
    if not _WHOLE_NUMBER.fullmatch(cell.text):
        raise BadImportFile("import.quantity_not_a_number", value=cell.text[:40])
    quantity = int(cell.text)
    if quantity > MOST_OF_ONE:
        raise BadImportFile("import.quantity_too_great", value=quantity, most=MOST_OF_ONE)
    return quantity


def _share(cell: Cell, name: str) -> float | None:
    if not cell.text:
        return None
    # Russian spreadsheets write 0,5.
    value = float(cell.text.replace(",", ".")) if _SHARE.fullmatch(cell.text) else None
    if value is None or not 0.0 < value <= 1.0:
        raise BadImportFile("import.not_a_share", field=name, value=cell.text[:40])
    return value


def _threshold(row: RowDraft) -> ClassThreshold | None:
    accept, review = _share(row.cell("accept"), "accept"), _share(row.cell("review"), "review")
    if accept is None and review is None:
        return None
    if accept is not None and review is not None and review > accept:
        raise BadImportFile("import.review_above_accept", review=review, accept=accept)
    return ClassThreshold(accept=accept, review=review)


class _Assembly:
    """Turns drafts into toolkits and kits, remembering what the file has named already."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.class_lines: list[tuple[int, str]] = []
        self.kit_lines: list[tuple[int, Kit]] = []
        self._toolkit_lines: dict[str, int] = {}
        # A scan may be a number or a code, so both share one space of names.
        self._scan_lines: dict[str, int] = {}

    def toolkit(self, draft: ToolkitDraft) -> Toolkit | None:
        key = same(draft.name.text)
        if key in self._toolkit_lines:
            first = self._toolkit_lines[key]
            self.problems.add(draft.name.line, "import.toolkit_twice", toolkit=draft.name.text, first=first)
        elif key:
            self._toolkit_lines[key] = draft.name.line
        thresholds: dict[str, ClassThreshold] = {}
        positions = [p for row in draft.positions if (p := self._position(row, thresholds)) is not None]
        self._refuse_class_twice(draft)
        for row in draft.kits:
            self._kit(row, draft.name.text)
        if draft.kits and draft.name.text and not draft.positions and not any(draft.titles.values()):
            return None  # more kits of a toolkit that the station knows already
        if len(positions) != len(draft.positions) or len({p.tool_class for p in positions}) != len(positions):
            return None
        return self.problems.attempt(
            draft.name.line,
            lambda: Toolkit(
                draft.name.text,
                tuple(positions),
                title_ru=draft.titles.get("title_ru", ""),
                title_en=draft.titles.get("title_en", ""),
                thresholds=thresholds,
            ),
        )

    def _position(self, row: RowDraft, thresholds: dict[str, ClassThreshold]) -> Position | None:
        tool_class = row.text("class")
        if not tool_class:
            # Said once, and before the quantity, whose sentence would name an empty class.
            self.problems.found.append(LineProblem(row.line, BadInput("toolkit.class_empty")))
            return None
        cell = row.cell("quantity")
        quantity = self.problems.attempt(cell.line, lambda: _quantity(cell))
        own = self.problems.attempt(row.line, lambda: _threshold(row))
        if quantity is None:
            return None
        position = self.problems.attempt(
            cell.line, lambda: Position(tool_class, quantity, row.text("name_ru"), row.text("name_en"))
        )
        if position is not None:
            self.class_lines.append((row.cell("class").line, tool_class))
            if own is not None:
                thresholds[tool_class] = own
        return position

    def _refuse_class_twice(self, draft: ToolkitDraft) -> None:
        known: set[str] = set()
        for cell in (row.cell("class") for row in draft.positions):
            if cell.text in known:
                error = BadInput("toolkit.class_twice", toolkit=draft.name.text, tool_class=cell.text)
                self.problems.found.append(LineProblem(cell.line, error))
            elif cell.text:
                known.add(cell.text)

    def _kit(self, row: RowDraft, toolkit: str) -> None:
        kit = self.problems.attempt(row.line, lambda: Kit(row.text("kit"), toolkit, row.text("code")))
        if kit is None:
            return
        names = {name for name in (same(kit.number), same(kit.code)) if name}
        taken = sorted(self._scan_lines[name] for name in names if name in self._scan_lines)
        if taken:
            self.problems.add(row.line, "import.kit_twice", kit=kit.number, first=taken[0])
            return
        self._scan_lines |= dict.fromkeys(names, row.line)
        self.kit_lines.append((row.line, kit))


def assemble(path: str, drafts: Sequence[ToolkitDraft], problems: Problems) -> ToolkitFile:
    """The content of a file; raises `BadLines` with every error, those already in `problems` among them."""
    assembly = _Assembly(problems)
    toolkits = [toolkit for draft in drafts if (toolkit := assembly.toolkit(draft)) is not None]
    if not drafts and not problems.found:
        raise BadImportFile("import.empty", path=path)
    if problems.found:
        raise BadLines(path, problems.found)
    return ToolkitFile(
        tuple(toolkits),
        tuple(kit for _, kit in assembly.kit_lines),
        tuple(assembly.class_lines),
        tuple(assembly.kit_lines),
    )
