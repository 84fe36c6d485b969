"""What the tools of the kit are called in words, as in the manifest of the model; (Russian, English)."""

from __future__ import annotations

TITLES: dict[str, tuple[str, str]] = {
    "screwdriver_minus": ("Отвёртка «−»", "Slotted screwdriver"),
    "screwdriver_plus": ("Отвёртка «+»", "Cross screwdriver"),
    "screwdriver_offset_cross": ("Отвёртка на смещённый крест", "Offset cross screwdriver"),
    "brace": ("Коловорот", "Brace"),
    "safety_wire_pliers": ("Пассатижи контровочные", "Safety wire pliers"),
    "pliers": ("Пассатижи", "Pliers"),
    "water_pump_pliers": ("Шэрница", "Water pump pliers"),
    "adjustable_wrench": ("Разводной ключ", "Adjustable wrench"),
    "oil_can_opener": ("Открывашка для банок с маслом", "Oil can opener"),
    "combination_wrench": ("Ключ рожковый/накидной ¾", "Combination wrench ¾"),
    "side_cutters": ("Бокорезы", "Side cutters"),
}
