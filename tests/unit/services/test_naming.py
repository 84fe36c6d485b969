"""Names that stand side by side are said as a person would say them."""

from __future__ import annotations

import pytest

from toolroom_desktop.services.naming import own_words, side_by_side


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (
            ("Отвёртка «−»", "Отвёртка «+»", "Отвёртка на смещённый крест"),
            "Отвёртка «−» / «+» / на смещённый крест",
        ),
        (
            ("Slotted screwdriver", "Cross screwdriver", "Offset cross screwdriver"),
            "Slotted / Cross / Offset cross screwdriver",
        ),
        (("Ключ 17 рожковый", "Ключ 19 рожковый"), "Ключ 17 / 19 рожковый"),
        (("Pliers", "Side cutters"), "Pliers / Side cutters"),
        (("Pliers", "pliers"), "Pliers / pliers"),
        (("Pliers", "Pliers long"), "Pliers / Pliers long"),
        (("Pliers",), "Pliers"),
        (("", "Pliers"), " / Pliers"),
        ((), ""),
    ],
)
def test_words_that_all_names_share_are_said_once(names: tuple[str, ...], said: str) -> None:
    assert side_by_side(names) == said


def test_every_name_keeps_a_word_of_its_own() -> None:
    assert own_words(["Long thin key", "Long key"]) == ("Long", ["thin key", "key"], "")
    assert own_words(["Key", "Long key"]) == ("", ["Key", "Long key"], "")
