"""The people and kits of the demonstration, for a newcomer who has neither."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from toolroom_desktop.domain.errors import NotFound
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.accounts import Accounts
from toolroom_desktop.services.catalogue import Catalogue
from toolroom_desktop.services.tools import ToolRegister

DEMO_PIN = "246810"

DEMO_PEOPLE: tuple[Person, ...] = (
    Person("DEMO-TECH", "Соколов Алексей Дмитриевич", Role.TECHNICIAN),
    Person("DEMO-STORE", "Морозова Елена Викторовна", Role.STOREKEEPER),
    Person("DEMO-LEAD", "Гришин Павел Андреевич", Role.SHIFT_LEAD),
    Person("DEMO-QA", "Лаптева Ирина Сергеевна", Role.QUALITY),
    Person("DEMO-ADMIN", "Титов Максим Олегович", Role.ADMINISTRATOR),
)

REFERENCE_TOOLKIT = Toolkit(
    "RRJ/737/32S",
    (
        Position("screwdriver_minus", 1, "Отвёртка «−»", "Slotted screwdriver"),
        Position("screwdriver_plus", 1, "Отвёртка «+»", "Cross screwdriver"),
        Position("screwdriver_offset_cross", 1, "Отвёртка на смещённый крест", "Offset cross screwdriver"),
        Position("brace", 1, "Коловорот", "Brace"),
        Position("safety_wire_pliers", 1, "Пассатижи контровочные", "Safety wire pliers"),
        Position("pliers", 1, "Пассатижи", "Pliers"),
        Position("water_pump_pliers", 1, "Шэрница", "Water pump pliers"),
        Position("adjustable_wrench", 1, "Разводной ключ", "Adjustable wrench"),
        Position("oil_can_opener", 1, "Открывашка для банок с маслом", "Oil can opener"),
        Position("combination_wrench", 1, "Ключ рожковый/накидной ¾", "Combination wrench ¾"),
        Position("side_cutters", 1, "Бокорезы", "Side cutters"),
    ),
    title_ru="Облегчённый набор для RRJ/737/32S",
    title_en="Light kit for RRJ/737/32S",
)

DEMO_KITS: tuple[Kit, ...] = (
    Kit("K-014", REFERENCE_TOOLKIT.name, "KIT-RRJ32S-014"),
    Kit("K-015", REFERENCE_TOOLKIT.name, "KIT-RRJ32S-015"),
)


# How many days from the beginning of the demonstration a calibration is good; the other tools need none. The first one
# is due soon, and on a kit that a newcomer takes second: nothing may keep the first kit in.
_CALIBRATED = {("K-015", "safety_wire_pliers"): 9, ("K-014", "safety_wire_pliers"): 190, ("K-014", "brace"): 320}
_SPARE = ("side_cutters", "safety_wire_pliers")


def demo_tools(today: date) -> tuple[Tool, ...]:
    """The tools of the demo kits and two spare ones, with markings, serial numbers and days of calibration."""
    made = []
    for kit in DEMO_KITS:
        short = kit.number.removeprefix("K-")
        for place, position in enumerate(REFERENCE_TOOLKIT.positions, start=1):
            days = _CALIBRATED.get((kit.number, position.tool_class))
            made.append(
                Tool(
                    position.tool_class,
                    kit=kit.number,
                    unit=1,
                    part_number=f"TR-32S-{place:02}",
                    serial_number=f"24{short}{place:02}",
                    marking=f"{short}-{place:02}",
                    calibration_due=None if days is None else today + timedelta(days=days),
                )
            )
    for place, tool_class in enumerate(_SPARE, start=1):
        number = 1 + [position.tool_class for position in REFERENCE_TOOLKIT.positions].index(tool_class)
        made.append(
            Tool(tool_class, part_number=f"TR-32S-{number:02}", serial_number=f"25000{place}", marking=f"S-{place:02}")
        )
    return tuple(made)


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """Badges, toolkit and kit numbers of the demonstration: what was added now, and what was there already."""

    added: tuple[str, ...]
    present: tuple[str, ...]


def ensure_demo(accounts: Accounts, catalogue: Catalogue, tools: ToolRegister) -> DemoOutcome:
    """Add the demo people and kits that are missing, kits with their tools.

    Nothing that is there is changed, whatever it looks like: a kit that is known gets no tools either.
    """
    badges = {person.badge.casefold() for person in accounts.everyone()}
    missing_people = [person for person in DEMO_PEOPLE if person.badge.casefold() not in badges]
    if missing_people:
        accounts.add_with_one_pin(missing_people, pin=DEMO_PIN)
    names = {toolkit.name.casefold() for toolkit in catalogue.toolkits()}
    toolkits = [REFERENCE_TOOLKIT] if REFERENCE_TOOLKIT.name.casefold() not in names else []
    kits = [kit for kit in DEMO_KITS if not (_kit_known(catalogue, kit.number) or _kit_known(catalogue, kit.code))]
    if toolkits or kits:
        catalogue.take_in(toolkits, kits, actor_badge=None)
    _write_down(catalogue, tools, {kit.number for kit in kits})
    added = [*(p.badge for p in missing_people), *(t.name for t in toolkits), *(k.number for k in kits)]
    everything = [*(p.badge for p in DEMO_PEOPLE), REFERENCE_TOOLKIT.name, *(k.number for k in DEMO_KITS)]
    return DemoOutcome(tuple(added), tuple(name for name in everything if name not in added))


def _write_down(catalogue: Catalogue, tools: ToolRegister, kits: set[str]) -> None:
    """The tools of kits that were added now, and with them the spare ones."""
    if not kits:
        return
    # Somebody may have a toolkit of that name, or these markings on tools, of their own.
    places = catalogue.toolkit(REFERENCE_TOOLKIT.name).expected
    wanted = [tool for tool in demo_tools(tools.today()) if tool.kit in kits or not tool.kit]
    fitting = [tool for tool in wanted if tool.tool_class in places and not tools.answering(tool.marking)]
    tools.add_all(fitting, actor_badge=None)


def _kit_known(catalogue: Catalogue, scanned: str) -> bool:
    try:
        catalogue.kit_by_scan(scanned)
    except NotFound:
        return False
    return True
