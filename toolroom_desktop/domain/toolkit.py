"""Tool classes, toolkits and kits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from toolroom_desktop.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class Position:
    """One line of a toolkit: a tool class and how many of it belong there, with the names people use for it."""

    tool_class: str
    quantity: int = 1
    name_ru: str = ""
    name_en: str = ""

    def __post_init__(self) -> None:
        if not self.tool_class:
            raise BadInput("toolkit.class_empty")
        if self.quantity < 1:
            raise BadInput("toolkit.quantity_not_positive", tool_class=self.tool_class, quantity=self.quantity)

    def name(self, language: str) -> str:
        """The position's name in `language` ("ru" or "en"), or the class name where none was given."""
        chosen = self.name_ru if language == "ru" else self.name_en
        return chosen or self.name_en or self.tool_class


@dataclass(frozen=True, slots=True)
class ClassThreshold:
    """Thresholds of one class that differ from the general ones; None keeps the general one. Confidence 0..1."""

    accept: float | None = None
    review: float | None = None


@dataclass(frozen=True, slots=True)
class Toolkit:
    """A named set of positions. `thresholds` holds what this toolkit wants otherwise than the station, by class."""

    name: str
    positions: tuple[Position, ...]
    title_ru: str = ""
    title_en: str = ""
    thresholds: Mapping[str, ClassThreshold] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise BadInput("toolkit.name_empty")
        if not self.positions:
            raise BadInput("toolkit.no_positions", toolkit=self.name)
        doubled = [name for name, count in Counter(p.tool_class for p in self.positions).items() if count > 1]
        if doubled:
            raise BadInput("toolkit.class_twice", toolkit=self.name, tool_class=doubled[0])

    @property
    def expected(self) -> dict[str, int]:
        """The expected multiset: how many of each tool class."""
        return {position.tool_class: position.quantity for position in self.positions}

    @property
    def tool_count(self) -> int:
        """How many tools belong to the toolkit."""
        return sum(position.quantity for position in self.positions)

    def title(self, language: str) -> str:
        """The toolkit's title in `language`, or its name where none was given."""
        return (self.title_ru if language == "ru" else self.title_en) or self.name

    def position(self, tool_class: str) -> Position | None:
        """The position of that class, or None where the toolkit has none."""
        return next((p for p in self.positions if p.tool_class == tool_class), None)

    def unknown_to(self, model_classes: Iterable[str]) -> tuple[str, ...]:
        """Classes of this toolkit that a model with `model_classes` cannot see."""
        known = set(model_classes)
        return tuple(p.tool_class for p in self.positions if p.tool_class not in known)


@dataclass(frozen=True, slots=True)
class Kit:
    """One physical box of a toolkit. `code` is what its label says to a scanner."""

    number: str
    toolkit: str
    code: str = ""

    def __post_init__(self) -> None:
        if not self.number.strip():
            raise BadInput("kit.number_empty")

    def answers_to(self, scanned: str) -> bool:
        """Whether a scan or a typed text names this kit."""
        wanted = scanned.strip().casefold()
        return bool(wanted) and wanted in (self.number.casefold(), self.code.casefold())
