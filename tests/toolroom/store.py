"""What the toolroom has: its people, toolkits, kits and tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT

STAFF: dict[Role, int] = {
    Role.TECHNICIAN: 238,
    Role.STOREKEEPER: 34,
    Role.SHIFT_LEAD: 16,
    Role.QUALITY: 8,
    Role.ADMINISTRATOR: 4,
}
_BADGES = {
    Role.TECHNICIAN: "T",
    Role.STOREKEEPER: "S",
    Role.SHIFT_LEAD: "L",
    Role.QUALITY: "Q",
    Role.ADMINISTRATOR: "A",
}
_SURNAMES = [
    "Иванов",
    "Петров",
    "Сидоров",
    "Соколов",
    "Кузнецов",
    "Попов",
    "Лебедев",
    "Козлов",
    "Новиков",
    "Морозов",
    "Волков",
    "Зайцев",
    "Павлов",
    "Семёнов",
    "Голубев",
    "Виноградов",
    "Богданов",
    "Воробьёв",
    "Фёдоров",
    "Михайлов",
    "Беляев",
    "Тарасов",
    "Белов",
    "Комаров",
    "Орлов",
    "Киселёв",
    "Макаров",
    "Андреев",
    "Ковалёв",
    "Ильин",
    "Гусев",
    "Титов",
    "Кузьмин",
    "Кудрявцев",
    "Баранов",
    "Куликов",
    "Алексеев",
    "Степанов",
    "Яковлев",
    "Щёголев",
]
_INITIALS = "АБВГДЕИКЛМНОПРСТ"
# Class, Russian and English name. The last ones are calibrated once a year.
_PLAIN: tuple[tuple[str, str, str], ...] = (
    ("ratchet", "Трещотка", "Ratchet"),
    ("hammer", "Молоток", "Hammer"),
    ("mallet", "Киянка", "Mallet"),
    ("punch", "Бородок", "Punch"),
    ("chisel", "Зубило", "Chisel"),
    ("scraper", "Скребок", "Scraper"),
    ("mirror", "Зеркало осмотровое", "Inspection mirror"),
    ("flashlight", "Фонарь", "Flashlight"),
    ("magnet", "Магнит телескопический", "Magnetic pick-up"),
    ("hex_key", "Ключ шестигранный", "Hex key"),
    ("spanner_8", "Ключ рожковый 8", "Spanner 8"),
    ("spanner_10", "Ключ рожковый 10", "Spanner 10"),
    ("spanner_13", "Ключ рожковый 13", "Spanner 13"),
    ("spanner_17", "Ключ рожковый 17", "Spanner 17"),
    ("socket_10", "Головка 10", "Socket 10"),
    ("socket_13", "Головка 13", "Socket 13"),
    ("extension", "Удлинитель", "Extension"),
    ("crimper", "Обжимные клещи", "Crimper"),
    ("stripper", "Стриппер", "Wire stripper"),
    ("file", "Напильник", "File"),
)
_CALIBRATED: tuple[tuple[str, str, str], ...] = (
    ("torque_wrench", "Ключ динамометрический", "Torque wrench"),
    ("caliper", "Штангенциркуль", "Caliper"),
    ("micrometer", "Микрометр", "Micrometer"),
    ("pressure_gauge", "Манометр", "Pressure gauge"),
)
CALIBRATED = frozenset(name for name, _, _ in _CALIBRATED)
_SIZES = (9, 12, 13, 14, 15, 15, 16, 17, 17, 18, 19)
"""How many tools the toolkits other than the reference one hold."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large the toolroom is."""

    people: int = 300
    kits: int = 500
    tools: int = 7_500


CUSTOMER = Size()
SMALL = Size(people=20, kits=24, tools=360)


def people(random: Random, size: Size) -> list[Person]:
    """Everybody; of each role at least one, in the shares of a large store."""
    made: list[Person] = []
    for role, share in STAFF.items():
        for number in range(1, max(2 if role is Role.TECHNICIAN else 1, share * size.people // 300) + 1):
            name = f"{random.choice(_SURNAMES)} {random.choice(_INITIALS)}. {random.choice(_INITIALS)}."
            made.append(Person(f"{_BADGES[role]}-{number:03d}", name, role))
    return made


def toolkits(random: Random) -> list[Toolkit]:
    """The reference toolkit of 11 tools and eleven others."""
    made = [REFERENCE_TOOLKIT]
    for number, size in enumerate(_SIZES, start=1):
        calibrated = random.sample(_CALIBRATED, random.choice((1, 1, 2)))
        pairs = random.randrange(0, 3)
        plain = random.sample(_PLAIN, min(len(_PLAIN), size - len(calibrated) - pairs))
        left = size - len(calibrated) - len(plain)
        positions = [
            Position(name, 2 if place < left else 1, ru, en)
            for place, (name, ru, en) in enumerate([*plain, *calibrated])
        ]
        made.append(
            Toolkit(
                f"TK-{number:02d}", tuple(positions), f"Набор № {number}, {size} пр.", f"Kit {number}, {size} tools"
            )
        )
    return made


def kits(random: Random, known: Sequence[Toolkit], size: Size) -> list[Kit]:
    """The boxes, in turn of every toolkit, so that their tools are about fifteen each."""
    names = [toolkit.name for toolkit in known]
    made = [
        Kit(f"K-{number:03d}", names[number % len(names)], f"KIT-{number:05d}") for number in range(1, size.kits + 1)
    ]
    random.shuffle(made)
    return sorted(made, key=lambda kit: kit.number)


def tools(
    random: Random, known: Sequence[Toolkit], boxes: Sequence[Kit], size: Size, today: date
) -> dict[str, list[Tool]]:
    """The tools of every kit by its number, and the spare ones under "", so that they are `size.tools` in all."""
    listed = {toolkit.name: toolkit for toolkit in known}
    made: dict[str, list[Tool]] = {}
    serial = 0

    def one(name: str, kit: str, unit: int) -> Tool:
        nonlocal serial
        serial += 1
        due = today + timedelta(days=random.randrange(5, 365)) if name in CALIBRATED else None
        return Tool(
            name,
            kit=kit,
            unit=unit,
            part_number=f"PN-{name[:3].upper()}-{random.randrange(100, 999)}",
            serial_number=f"SN{serial:06d}",
            marking=f"{kit or 'S'}-{serial:05d}",
            calibration_due=due,
        )

    for box in boxes:
        expected = listed[box.toolkit].expected
        made[box.number] = [one(name, box.number, unit) for name, n in expected.items() for unit in range(1, n + 1)]
    every = sorted({position.tool_class for toolkit in known for position in toolkit.positions})
    made[""] = [one(random.choice(every), "", 0) for _ in range(size.tools - serial)]
    return made
