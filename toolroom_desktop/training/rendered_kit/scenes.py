"""What lies on each demo table: plain data; millimetres and degrees."""

from __future__ import annotations

from dataclasses import dataclass

FIELD_MM = (720.0, 540.0)
"""Width and height of the table that the camera sees."""


@dataclass(frozen=True)
class Item:
    """One thing: its centre on the table (x right, y up, from the middle) and its turn counter-clockwise.

    ``opening`` of its jaws (0 to 1) and ``roll`` about its long axis; None leaves them to the scene's seed.
    """

    name: str
    x: float
    y: float
    angle: float
    opening: float | None = None
    roll: float | None = None


@dataclass(frozen=True)
class Scene:
    """One table.

    ``seed`` fixes both the small unevenness of the layout and the noise of the picture; ``light`` is the
    brightness of the lamps (1 is usual), ``light_from`` the direction of the key lamp in degrees, ``warm`` its
    colour (0 neutral, 1 like a bulb), ``exposure`` the camera's correction in stops. ``table_seed`` is the seed of
    the empty scene whose very table this is, with its wear; None gives the scene a table of its own.
    """

    name: str
    title_en: str
    title_ru: str
    table: str
    items: tuple[Item, ...]
    seed: int
    light: float = 1.0
    light_from: float = 120.0
    warm: float = 0.2
    exposure: float = 0.0
    table_seed: int | None = None


EMPTY_TABLE_SEED = 13


def _laid(*rows: tuple[str, float, float, float]) -> tuple[Item, ...]:
    return tuple(Item(*row) for row in rows)


SCENES: tuple[Scene, ...] = (
    Scene(
        name="01_complete",
        title_en="Complete kit, laid out in rows",
        title_ru="Полный комплект, разложен рядами",
        table="table_dark",
        seed=1,
        light_from=115.0,
        items=_laid(
            ("brace", -101, 195, 0),
            ("adjustable_wrench", 248, 215, 0),
            ("oil_can_opener", 240, 130, 0),
            ("screwdriver_minus", -320, -85, 90),
            ("screwdriver_plus", -263, -85, 90),
            ("screwdriver_offset_cross", -208, -85, 90),
            ("combination_wrench", -148, -85, 90),
            ("safety_wire_pliers", -78, -85, 90),
            ("pliers", 18, -85, 90),
            ("side_cutters", 128, -85, 90),
            ("water_pump_pliers", 255, -85, 90),
        ),
    ),
    Scene(
        name="02_complete_green_mat",
        title_en="Complete kit on a green mat",
        title_ru="Полный комплект на зелёном коврике",
        table="table_green",
        seed=2,
        light_from=60.0,
        items=_laid(
            ("screwdriver_minus", 207, 201, 166),
            ("screwdriver_plus", 183, -137, 95),
            ("screwdriver_offset_cross", -241, 221, 189),
            ("brace", 102, 61, 4),
            ("safety_wire_pliers", -8, -189, 191),
            ("pliers", 269, -137, 96),
            ("water_pump_pliers", -283, -24, 95),
            ("adjustable_wrench", -12, -39, 173),
            ("oil_can_opener", -230, -212, 355),
            ("combination_wrench", -191, 24, 82),
            ("side_cutters", -37, 204, 197),
        ),
    ),
    Scene(
        name="03_complete_light_table",
        title_en="Complete kit on a light table",
        title_ru="Полный комплект на светлом столе",
        table="table_light",
        seed=3,
        light_from=150.0,
        light=0.9,
        items=_laid(
            ("screwdriver_minus", 306, -33, 282),
            ("screwdriver_plus", 216, -9, 255),
            ("screwdriver_offset_cross", -241, -66, 196),
            ("brace", 96, 183, 178),
            ("safety_wire_pliers", 138, -16, 282),
            ("pliers", -208, -208, 163),
            ("water_pump_pliers", -245, 118, 248),
            ("adjustable_wrench", 38, -8, 252),
            ("oil_can_opener", -31, -209, 191),
            ("combination_wrench", -77, -12, 247),
            ("side_cutters", 133, -188, 196),
        ),
    ),
    Scene(
        name="04_complete_wood",
        title_en="Complete kit on a wooden table",
        title_ru="Полный комплект на деревянном столе",
        table="table_wood",
        seed=4,
        light_from=35.0,
        warm=0.6,
        items=_laid(
            ("screwdriver_minus", -125, 160, 7),
            ("screwdriver_plus", 122, -90, 353),
            ("screwdriver_offset_cross", -56, -160, 186),
            ("brace", 59, 46, 4),
            ("safety_wire_pliers", 76, -212, 186),
            ("pliers", 143, 180, 10),
            ("water_pump_pliers", -273, -33, 81),
            ("adjustable_wrench", 279, -144, 265),
            ("oil_can_opener", 171, -135, 354),
            ("combination_wrench", -210, -218, 177),
            ("side_cutters", -91, -75, 355),
        ),
    ),
    Scene(
        name="05_no_side_cutters",
        title_en="Side cutters are missing",
        title_ru="Нет бокорезов",
        table="table_light",
        seed=5,
        light_from=75.0,
        light=0.9,
        items=_laid(
            ("screwdriver_minus", 40, -34, 113),
            ("screwdriver_plus", -120, -49, 281),
            ("screwdriver_offset_cross", -182, -48, 280),
            ("brace", 30, 172, 357),
            ("safety_wire_pliers", -60, -43, 84),
            ("pliers", 273, -42, 100),
            ("water_pump_pliers", -282, -68, 277),
            ("adjustable_wrench", 165, -102, 78),
            ("oil_can_opener", -289, 162, 283),
            ("combination_wrench", -69, -211, 8),
        ),
    ),
    Scene(
        name="06_no_combination_wrench",
        title_en="The combination wrench is missing",
        title_ru="Нет рожково-накидного ключа",
        table="table_dark",
        seed=6,
        light_from=200.0,
        items=_laid(
            ("screwdriver_minus", 174, 102, 101),
            ("screwdriver_plus", -290, -137, 98),
            ("screwdriver_offset_cross", 215, -200, 168),
            ("brace", -97, 79, 3),
            ("safety_wire_pliers", 205, -118, 343),
            ("pliers", -148, -103, 253),
            ("water_pump_pliers", 292, 89, 106),
            ("adjustable_wrench", -15, 202, 187),
            ("oil_can_opener", -256, 181, 173),
            ("side_cutters", -36, -134, 257),
        ),
    ),
    Scene(
        name="07_no_screwdriver_plus",
        title_en="The cross screwdriver is missing",
        title_ru="Нет отвёртки «+»",
        table="table_green",
        seed=7,
        light_from=100.0,
        items=_laid(
            ("screwdriver_minus", -137, 192, 341),
            ("screwdriver_offset_cross", -180, 27, 108),
            ("brace", -19, -185, 356),
            ("safety_wire_pliers", -78, 17, 72),
            ("pliers", 175, 25, 278),
            ("water_pump_pliers", 301, 0, 100),
            ("adjustable_wrench", 119, 207, 16),
            ("oil_can_opener", -291, -133, 84),
            ("combination_wrench", -304, 60, 264),
            ("side_cutters", 18, 31, 288),
        ),
    ),
    Scene(
        name="08_two_missing",
        title_en="Water pump pliers and oil can opener are missing",
        title_ru="Нет шэрницы и открывашки для масла",
        table="table_wood",
        seed=8,
        light_from=130.0,
        warm=0.5,
        items=_laid(
            ("screwdriver_minus", -216, 16, 31),
            ("screwdriver_plus", 296, -116, 71),
            ("screwdriver_offset_cross", -34, 2, 295),
            ("brace", -102, -168, 182),
            ("safety_wire_pliers", 234, 123, 239),
            ("pliers", 36, 192, 339),
            ("adjustable_wrench", 204, -143, 285),
            ("combination_wrench", -217, 167, 341),
            ("side_cutters", 65, 2, 64),
        ),
    ),
    Scene(
        name="09_pliers_for_side_cutters",
        title_en="Two pliers, no side cutters",
        title_ru="Двое пассатижей, бокорезов нет",
        table="table_dark",
        seed=9,
        light_from=60.0,
        items=_laid(
            ("screwdriver_minus", 135, 25, 262),
            ("screwdriver_plus", -304, -136, 258),
            ("screwdriver_offset_cross", 60, 95, 257),
            ("brace", 83, -178, 178),
            ("safety_wire_pliers", -31, -68, 349),
            ("pliers", -131, 27, 15),
            ("water_pump_pliers", -116, 179, 349),
            ("adjustable_wrench", 213, 201, 190),
            ("oil_can_opener", 278, -87, 5),
            ("combination_wrench", -288, 116, 85),
            ("pliers", 241, 46, 105),
        ),
    ),
    Scene(
        name="10_extra_pliers",
        title_en="Complete kit and a second pair of pliers",
        title_ru="Полный комплект и вторые пассатижи",
        table="table_light",
        seed=10,
        light_from=20.0,
        light=0.9,
        items=_laid(
            ("screwdriver_minus", -37, 79, 8),
            ("screwdriver_plus", 207, -116, 355),
            ("screwdriver_offset_cross", -326, -111, 264),
            ("brace", -94, 181, 182),
            ("safety_wire_pliers", -161, -87, 265),
            ("pliers", -53, -128, 100),
            ("water_pump_pliers", 205, 100, 274),
            ("adjustable_wrench", 304, 74, 274),
            ("oil_can_opener", 226, -69, 184),
            ("combination_wrench", -236, -111, 98),
            ("side_cutters", 240, -183, 177),
            ("pliers", 51, -100, 100),
        ),
    ),
    Scene(
        name="11_extra_tape_measure",
        title_en="Complete kit and a tape measure left on the table",
        title_ru="Полный комплект и чужая рулетка на столе",
        table="table_green",
        seed=11,
        light_from=140.0,
        items=_laid(
            ("screwdriver_minus", -139, -105, 259),
            ("screwdriver_plus", -301, 99, 258),
            ("screwdriver_offset_cross", 62, -139, 86),
            ("brace", -19, 162, 2),
            ("safety_wire_pliers", -208, -86, 264),
            ("pliers", 143, -117, 261),
            ("water_pump_pliers", 76, 40, 4),
            ("adjustable_wrench", -295, -132, 261),
            ("oil_can_opener", 277, -186, 13),
            ("combination_wrench", 280, 113, 103),
            ("side_cutters", -30, -133, 102),
            ("tape_measure", 257, -77, 185),
        ),
    ),
    Scene(
        name="12_hammer_for_brace",
        title_en="A hammer in place of the brace",
        title_ru="Молоток вместо коловорота",
        table="table_foam",
        seed=12,
        light_from=80.0,
        light=1.1,
        items=_laid(
            ("screwdriver_minus", -289, -115, 110),
            ("screwdriver_plus", 191, 186, 333),
            ("screwdriver_offset_cross", 168, -109, 79),
            ("safety_wire_pliers", -50, 197, 17),
            ("pliers", 264, -131, 70),
            ("water_pump_pliers", -14, 17, 74),
            ("adjustable_wrench", 11, -186, 18),
            ("oil_can_opener", 89, -73, 263),
            ("combination_wrench", 193, 49, 200),
            ("side_cutters", -279, 144, 254),
            ("hammer", -185, -94, 102),
        ),
    ),
    Scene(
        name="13_empty_table",
        title_en="Empty table",
        title_ru="Пустой стол",
        table="table_dark",
        seed=EMPTY_TABLE_SEED,
        light_from=115.0,
        items=(),
    ),
    Scene(
        name="14_marker_for_safety_wire_pliers",
        title_en="A marker pen in place of the safety wire pliers",
        title_ru="Маркер вместо контровочных пассатижей",
        table="table_wood",
        seed=14,
        light_from=110.0,
        warm=0.4,
        items=_laid(
            ("screwdriver_minus", -50, -199, 163),
            ("screwdriver_plus", -79, -112, 199),
            ("screwdriver_offset_cross", 143, -77, 165),
            ("brace", -94, 173, 3),
            ("pliers", 197, -173, 346),
            ("water_pump_pliers", -93, 28, 348),
            ("adjustable_wrench", 307, 122, 84),
            ("oil_can_opener", 304, -48, 257),
            ("combination_wrench", -303, -64, 261),
            ("side_cutters", 137, 45, 343),
            ("marker_pen", -227, -154, 289),
        ),
    ),
    # One tool alone on the very table of 13: with these, enrolment can be tried without a camera.
    Scene(
        name="15_one_pliers",
        title_en="Pliers alone",
        title_ru="Одни пассатижи",
        table="table_dark",
        seed=15,
        table_seed=EMPTY_TABLE_SEED,
        light_from=115.0,
        items=(Item("pliers", -70, 20, 25, opening=0.15, roll=0.0),),
    ),
    Scene(
        name="16_one_pliers_turned",
        title_en="The same pliers, turned and moved",
        title_ru="Те же пассатижи, повёрнуты и сдвинуты",
        table="table_dark",
        seed=15,  # as before, so that it is the same pair with the same wear
        table_seed=EMPTY_TABLE_SEED,
        light_from=115.0,
        items=(Item("pliers", 190, -110, 115, opening=0.5, roll=180.0),),
    ),
    Scene(
        name="17_one_adjustable_wrench",
        title_en="Adjustable wrench alone",
        title_ru="Один разводной ключ",
        table="table_dark",
        seed=17,
        table_seed=EMPTY_TABLE_SEED,
        light_from=115.0,
        items=(Item("adjustable_wrench", 40, 60, 160, roll=0.0),),
    ),
)
