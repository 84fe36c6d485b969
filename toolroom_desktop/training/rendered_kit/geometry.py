"""The eleven tools of the reference kit, one function each; lengths are millimetres.

Every function returns the root object of a finished tool: scaled to metres, centred, lying on the table.  The
shapes are our own simplifications, drawn so that a person names each tool at a glance from above.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from toolroom_desktop.training.rendered_kit import outlines as o
from toolroom_desktop.training.rendered_kit import shapes as s
from toolroom_desktop.training.rendered_kit.outlines import Point

GREEN, BLACK = "rubber_green", "rubber_black"


def _near(angle: float, centre: float) -> float:
    """Distance of two directions in degrees, 0..180."""
    return abs((angle - centre + 180) % 360 - 180)


def _driver_handle(length: float, radius: float) -> Any:
    """The two-colour handle of all three screwdrivers: x runs from the butt (0) to the collar (``length``)."""
    knots = o.points("0.0,0.62 0.03,0.74 0.10,0.88 0.28,1.0 0.46,0.96 0.66,0.76 0.80,0.60 0.86,0.60")
    body = [(x * length, r * radius) for x, r in o.smooth(knots, 12)]
    collar = o.points("0.88,0.74 0.915,0.80 0.95,0.78 0.985,0.62 1.0,0.50")
    neck = [(x * length, r * radius) for x, r in o.smooth([(0.862, 0.60), *collar], 6)]
    profile = [(-0.5, 0.0), (-0.5, radius * 0.45), *body, *neck[1:], (length, 0.0)]

    def pick(x: float, angle: float) -> int:
        at = x / length
        # The butt cap has a scalloped edge; an oval sits on either broad side, so a rolled handle may show none.
        if at > 0.862 or at < 0.13 + 0.035 * math.cos(math.radians(2 * (angle - 90))):
            return 0
        across = min(_near(angle, c) for c in (90, 270)) / 29
        return 0 if ((at - 0.42) / 0.21) ** 2 + across**2 < 1 else 1

    # A rounded three-sided section in the middle: it lies still and takes the light like a moulded grip.
    def lobes(x: float, angle: float) -> float:
        return 1 + 0.025 * math.cos(math.radians(3 * (angle - 10))) * (1 if 0.1 < x / length < 0.8 else 0)

    return s.lathe("handle", profile, [GREEN, BLACK], pick, segments=180, radius=lobes)


def _lean(handle_radius: float, tip_radius: float, run: float) -> float:
    """Degrees by which a screwdriver leans when its handle and its tip touch the table."""
    return math.degrees(math.asin((handle_radius - tip_radius) / run))


def screwdriver_minus() -> Any:
    """Slotted: a hex bolster under the handle, a round shaft, a flat tip that widens."""
    handle = _driver_handle(122, 18.5)
    bolster = s.lathe("bolster", o.points("120,0 120,6.6 121,7.4 130,7.4 131,6.4 131,0"), ["chrome"], segments=6)
    shaft = s.lathe("shaft", [(130, 0), (130, 3.4), (233, 3.4), (233, 0)], ["chrome"], segments=32)

    def blade(t: float) -> tuple[float, float, float]:
        wide = 3.4 + 1.7 * math.sin(min(1.0, t / 0.62) * math.pi / 2) ** 2 - 0.4 * max(0.0, t - 0.62) / 0.38
        return wide, wide, max(0.6, 3.4 - 3.4 * min(1.0, t / 0.7) ** 0.8)

    def worn(t: float, _angle: float) -> int:
        return int(t > 0.72)

    steel = ["satin_steel", "worn_steel"]
    tip = s.sweep("tip", [(231, 0), (263, 0)], blade, steel, worn, count=40, roundness=3.0)
    return s.assemble("screwdriver_minus", [handle, bolster, shaft, tip], _lean(18.5, 2, 225))


def _cross(sharpness: float) -> Callable[[float, float], float]:
    """Radius factor of a cross-shaped tip."""
    return lambda _x, angle: 0.5 + 0.5 * abs(math.cos(math.radians(2 * angle))) ** sharpness


def screwdriver_plus() -> Any:
    """Cross: a round shiny shaft and a pointed cross tip."""
    handle = _driver_handle(112, 18.0)
    shaft = s.lathe("shaft", o.points("110,0 110,3.3 208,3.3 209,3.2 209,0"), ["chrome"], segments=40)
    point = o.points("208,0 208,3.4 213,3.3 218,2.3 222,0.8 222.5,0")
    cone = s.lathe("cone", point, ["tip_black"], segments=64, radius=_cross(0.8))
    collar = s.lathe("tipcollar", o.points("200,0 200,3.45 212,3.45 214,2.7 214,0"), ["tip_black"], segments=40)
    return s.assemble("screwdriver_plus", [handle, shaft, cone, collar], _lean(18, 2, 190))


def screwdriver_offset_cross() -> Any:
    """Offset cross: a thinner, six-sided, darker shaft and a blunt dark tip."""
    handle = _driver_handle(108, 17.0)
    shaft = s.lathe("shaft", [(106, 0), (106, 2.9), (190, 2.9), (190, 0)], ["worn_steel"], segments=6)
    blunt = o.points("189,0 189,2.9 192,3.3 199,3.2 201,2.6 201,0")
    tip = s.lathe("tip", blunt, ["tip_black"], segments=64, radius=_cross(0.4))
    return s.assemble("screwdriver_offset_cross", [handle, shaft, tip], _lean(17, 2.6, 172))


def brace() -> Any:
    """Speed brace: a bent crank with a turned handle at one end and a square drive at the other."""
    path = o.bent(o.points("80,0 114,0 132,-106 268,-106 290,0 458,0"), 24)
    crank = s.rod("crank", path, 7.4, "chrome", count=260)
    grip = o.smooth(o.points("0,11.2 6,12.0 14,10.4 30,10.6 55,12.2 75,11.0 88,8.8 94,8.2"), 10)
    handle = s.lathe("grip", [(0, 0), (0, 9.5), *grip, (95, 0)], ["chrome"], segments=64)
    ring = s.lathe("ring", [(93, 0), (93, 9.0), (97, 9.0), (98, 0)], ["satin_steel"])
    collar = s.lathe("collar", o.points("450,0 450,8.2 452,9.2 463,9.2 465,8 465,0"), ["chrome"])
    drive = s.plate("drive", o.rectangle(464, -6.0, 478, 6.0, 1.0), 12, "bright_jaw", bevel=0.8)
    ball = s.lathe("ball", [(469, 0), (469, 2.2), (473, 2.2), (473, 0)], ["dark_steel"])
    return s.assemble("brace", [crank, handle, ring, collar, drive, s.moved(ball, z=4.3)], 0.6)


def safety_wire_pliers(opening: float = 0.0) -> Any:
    """Twisting pliers: small jaws, two thin arms, a spindle between them with a knurled knob at the end.

    ``opening`` 0 is locked, 1 has one arm and one jaw swung away by 16 degrees.
    """
    swing, hinge = -16.0 * opening, (-94.0, 0.0)
    jaw = o.smooth(o.points("-124,0.5 -116,4.5 -106,9.0 -96,10.5 -87,8.0 -84,3.0 -86,-4.0 -95,-5 -100,0.4"), 6)
    parts = [s.plate("jaw_a", o.rotated(jaw, swing, hinge), 8, "phosphate", bevel=1.4)]
    parts.append(s.plate("jaw_b", o.mirrored(jaw), 8, "dark_steel", bevel=1.4))
    parts.append(s.plate("pivot", o.circle(hinge, 7.5), 10.5, "worn_steel", bevel=1.0))

    def swelling(t: float) -> tuple[float, float, float]:
        return 3.2 + 1.2 * t, 3.2 + 1.2 * t, 4.0

    bow = o.points("-90,3 -78,10 -64,19 -46,22.5 -20,22.5 10,21.5 38,20.5")
    fixed, free = o.smooth(bow, 10), o.smooth([(x, -1.06 * y) for x, y in bow], 10)
    parts.append(s.sweep("arm", fixed, swelling, ["phosphate"], roundness=2.6))
    parts.append(s.sweep("arm", o.rotated(free, swing, hinge), swelling, ["phosphate"], roundness=2.6))

    def slot(x: float, angle: float) -> int:
        return int(abs(angle - 90) < 45 and (-47 < x < -41 or -37 < x < -31))

    inner = [(-54, 0), (-54, 7.5), *[(-53 + k, 9.0) for k in range(0, 80, 2)], (27, 0)]
    parts.append(s.lathe("spindle", inner, ["dark_steel", "hollow"], slot))
    parts.append(s.lathe("sleeve", o.points("14,0 14,10.5 50,10.5 50,9.6 92,9.6 93,8 96,8 96,0"), ["worn_steel"]))
    # The slide that locks the arms wraps the fixed arm and ends in a lip over the free one.
    parts.append(s.plate("slide", o.rectangle(14, -15, 46, 27, 2.0), 10, "phosphate", bevel=2.2))
    wrap = o.points("14,0 14,11.5 15,12.6 45,12.6 46,11.5 46,0")
    parts.append(s.lathe("wrap", wrap, ["phosphate"]))
    catch = o.rotated(o.rectangle(24, -24, 31, -12, 1.0), swing, hinge)
    parts.append(s.plate("catch", catch, 8, "dark_steel"))

    def knurl(x: float, angle: float) -> float:
        return 1 + (0.03 * math.copysign(1.0, math.cos(math.radians(36 * angle))) if x < 117 else 0.0)

    knob = o.points("95,0 95,11 97,12.5 104,12.5 105,10.8 107,10.8 108,12.5 117,12.5 119,12.0 124,11.2 125,9 125,0")
    parts.append(s.lathe("knob", knob, ["satin_steel"], segments=144, radius=knurl))
    return s.assemble("safety_wire_pliers", parts)


def _rubber(path: Sequence[Point], side: int, half: float, guard: float) -> Any:
    """A green moulded handle with a thumb guard at its start and dark inlays on the outer side."""

    def section(t: float) -> tuple[float, float, float]:
        end = math.sqrt(max(0.0, 1 - max(0.0, (t - 0.95) / 0.05) ** 2)) if t > 0.95 else 1.0
        start = min(1.0, 0.70 + t * 9)
        swell = half * (1.0 + 0.10 * math.sin(math.pi * t) - 0.12 * t)
        horn = guard * math.exp(-(((t - 0.06) / 0.05) ** 2))
        outer, inner = (swell + horn) * end * start, (swell + 0.25 * horn) * end * start
        tall = half * 0.88 * end * start
        return (outer, inner, tall) if side > 0 else (inner, outer, tall)

    def pick(t: float, angle: float) -> int:
        outer = _near(min(angle, 360 - angle), 55 if side > 0 else 125)
        wide = max(0.0, 1 - ((t - 0.46) / 0.13) ** 2) ** 0.5 * 40
        wide = max(wide, max(0.0, 1 - ((t - 0.80) / 0.19) ** 2) ** 0.5 * 52, 6.0 if 0.46 < t < 0.8 else 0.0)
        return int(outer < wide)

    return s.sweep("rubber", path, section, [GREEN, BLACK], pick, count=200, segments=120, roundness=2.3)


def pliers(opening: float = 0.15) -> Any:
    """Combination pliers: a long tapered square nose with a pipe grip, green handles.

    ``opening`` 0 is shut, 1 turns either half by 11 degrees about the rivet.
    """
    swing = 11.0 * opening
    teeth: list[Point] = [(-64 + 1.6 * k, 0.2 if k % 2 else 0.9) for k in range(14)]
    pipe = o.arc((-30, 0.2), 7.0, 168, 12, 14)
    back = o.points("4,-9 15,-11 24,-4 18,13 4,17.5 -14,17 -36,12 -56,6.4 -64.5,4.4")
    nose = [*teeth, *pipe, (-14, 0.2), *back]
    parts: list[Any] = []
    for side in (1, -1):
        outline = o.rotated(nose if side > 0 else o.mirrored(nose), -swing * side)
        parts.append(s.plate("nose", outline, 10, "bright_jaw", bevel=1.2, z=0.3 * side))
        grip = [(x, y * side) for x, y in o.points("14,12 28,18 56,26 94,32 130,32 160,26")]
        parts.append(_rubber(o.smooth(o.rotated(grip, swing * side), 10), side, 10.0, 9.0))
    parts.append(s.plate("pivot", o.circle((0, 0), 14.0), 11.6, "satin_steel", bevel=0.8))
    parts.append(s.plate("rivet", o.circle((0, 0), 5.0), 12.4, "bright_jaw", bevel=0.6))
    return s.assemble("pliers", parts)


def side_cutters(opening: float = 0.15) -> Any:
    """Side cutters: a short round head with ground cutting edges, long spread green handles.

    ``opening`` 0 is shut, 1 turns either half by 20 degrees about the rivet.
    """
    swing = 20.0 * opening
    cheek = o.points("-31,0.3 -29,4.5 -22,10.0 -12,13.2 -2,13.5 10,15.0 24,18 27,11 14,2 8,-9 -4,-11 -9,0.3")
    ground = o.points("-29.5,0.9 -27.0,4.8 -20,8.0 -12,6.5 -10.5,0.9")
    parts: list[Any] = []
    for side in (1, -1):
        outline = o.rotated(cheek if side > 0 else o.mirrored(cheek), -swing * side)
        edge = o.rotated(ground if side > 0 else o.mirrored(ground), -swing * side)
        parts.append(s.plate("cheek", outline, 9, "bright_jaw", bevel=1.6, z=0.3 * side))
        parts.append(s.plate("ground", edge, 9.9, "worn_steel", bevel=0.3, z=0.3 * side))
        neck = o.rotated([(x, y * side) for x, y in o.points("4,4 16,11 30,16")], swing * side)
        parts.append(s.plate("neck", o.ribbon(neck, [14, 13, 12]), 8.2, "bright_jaw", bevel=1.2, z=0.3 * side))
        grip = [(x, y * side) for x, y in o.points("22,13 34,17 60,24 95,29 128,28 158,22")]
        parts.append(_rubber(o.smooth(o.rotated(grip, swing * side), 10), side, 9.0, 8.0))
    parts.append(s.plate("pivot", o.circle((1, 0), 11.5), 11.4, "satin_steel", bevel=0.8))
    parts.append(s.plate("rivet", o.circle((1, 0), 6.5), 12.2, "bright_jaw", bevel=0.6))
    return s.assemble("side_cutters", parts)


def _sleeved(path: Sequence[Point], bare: float) -> list[Any]:
    """A steel handle in an old black sleeve with orange-red ends; the last ``bare`` share of it sticks out."""
    line = o.smooth(path, 10)

    def core(t: float) -> tuple[float, float, float]:
        return 5.0 - 1.4 * t, 5.0 - 1.4 * t, 4.2 - 0.6 * t

    def grip(t: float) -> tuple[float, float, float]:
        w = 7.9 + 0.5 * math.sin(9 * t) * (0.3 + t) - 1.2 * max(0.0, t - 0.9) / 0.1
        return w, w, w - 1.2

    def pick(t: float, angle: float) -> int:
        # Orange shows at both ends and where the old sleeve is cracked.
        crack = abs(t - 0.55 - 0.03 * math.sin(angle / 25)) < 0.010 and 40 < min(angle, 360 - angle) < 150
        return int(t < 0.03 or t > 0.985 or crack)

    whole = o.resampled(line, 200)
    cut = whole[22 : round(200 * (1 - bare))]
    sleeve = s.sweep("grip", cut, grip, ["grip_black", "grip_orange"], pick, count=160)
    return [s.sweep("core", line, core, ["worn_steel"], roundness=3.0), sleeve]


def water_pump_pliers(opening: float = 0.35) -> Any:
    """Water pump pliers: a hooked head across the shank, two toothed jaws, a long slot, old black sleeves.

    ``opening`` moves the inner jaw along the slot: 0 is shut, 1 leaves a mouth of 24 mm.
    """
    lay, slide, swing = 37.0, -20.0 * (1.0 - opening), 5.0 * (1.0 - opening)
    rivet = (14.0 + slide, -3.0 - 0.14 * slide)

    def outer(path: Sequence[Point]) -> list[Point]:
        return o.rotated(path, lay)

    def inner(path: Sequence[Point]) -> list[Point]:
        shifted = [(x + slide, y - 0.14 * slide) for x, y in path]
        return o.rotated(o.rotated(shifted, -swing, rivet), lay)

    back = o.smooth(o.points("-17,45 -26,39 -34,26 -38,10 -36,-3 -28,-10 -8,-12 14,-14 30,-19 44,-28 54,-34"), 5)
    top = o.smooth(o.points("62,-23 50,-13 36,-2 22,7 4,10.5 -14,10.5 -22,12.5 -26.5,18"), 5)
    hook = [*back, *top, *o.serrated((-26.5, 20), (-18, 39), 5, 2.0), (-14.5, 43.5)]
    slot = outer(o.ribbon(o.points("-19,0.5 -8,0.5 8,-2 20,-4.5"), [6, 8, 8, 6], 6))
    parts = [s.plate("head_a", outer(hook), 9, "satin_steel", [slot], 1.6, z=3.0)]
    jaw = [*o.serrated((2.5, 38), (2.0, 17), 6, 2.0)[1:], *o.points("0,13 0,2 2,-10 10,-22 22,-33 34,-42")]
    jaw += o.smooth(o.points("42,-32 31,-22 24,-10 22,0 19,14 17.5,28 12,40 7,43.5 3,42.5"), 5)
    parts.append(s.plate("head_b", inner(jaw), 8, "worn_steel", bevel=1.4, z=-3.2))
    parts.append(s.plate("rivet", outer(o.circle(rivet, 5.4)), 15.5, "worn_steel", bevel=1.0))
    parts += _sleeved(outer(o.points("46,-20 62,-31 90,-52 120,-68 152,-88 173,-97")), 0.13)
    parts += _sleeved(inner(o.points("30,-31 44,-44 74,-72 104,-97 132,-120 160,-139")), 0.20)
    return s.assemble("water_pump_pliers", parts)


def adjustable_wrench(opening: float = 0.6) -> Any:
    """Adjustable wrench: a fixed jaw, a sliding jaw, a worm in a window, a tapering handle with a hole.

    ``opening`` moves the sliding jaw: 0 is shut, 1 leaves a mouth of 24 mm.
    """
    turn, down = -24.0, 14.0 - 23.0 * opening
    fixed = o.points("-29,7 -31,11 -25,22 -13,31 2,34 14,30 24,18 25,2 21,-14 14,-30 7,-37 1,-37 0,7")
    fixed = o.rotated(o.smooth(fixed[:9], 5) + fixed[9:], turn)
    window = o.rotated(o.rectangle(6, -15, 19, 6, 1.0), turn)
    handle = o.ribbon(o.points("10,-2 32,0 60,0 100,0 140,0 164,0"), [42, 29, 22, 22, 24, 24])
    shank = s.plate("shank", handle, 8, "satin_steel", bevel=1.5)
    hole = o.rectangle(161, -5.5, 172, 5.5, 3.5)
    eye = s.plate("eye", o.rectangle(152, -12, 178, 12, 8.0), 9, "satin_steel", [hole], 1.5)
    for z in (5.4, -5.4):
        groove = s.plate("groove", o.capsule((48, 0), (146, 0), 6.4), 4, "satin_steel", bevel=0.4, z=z)
        shank = s.carved(shank, groove)
    head = s.plate("head", fixed, 11, "satin_steel", [window], 1.4)
    sliding = o.points("0.5,-8 -27,-8 -30,-11 -26,-19 -17,-26 -6,-30 0.5,-30")
    jaw = s.plate("jaw", o.rotated([(x, y + down) for x, y in sliding], turn), 10, "worn_steel", bevel=1.0)
    guide = s.plate("guide", o.rotated(o.rectangle(-1, -33, 6, 10), turn), 9, "dark_steel", bevel=0.5)
    thread = [(-10.0, 0.0)]
    for k in range(5):
        base = -10 + 4.0 * k
        thread += [(base, 4.6), (base + 0.9, 6.4), (base + 2.4, 6.4), (base + 3.2, 4.6)]
    worm = s.lathe("worm", [*thread, (10, 4.6), (10, 0)], ["dark_steel"])
    middle = o.rotated([(12.5, -4.5)], turn)[0]
    parts = [shank, eye, head, jaw, guide, s.moved(worm, *middle, turn=90 + turn)]
    parts.append(s.lettering("words", "CHROM - VANADIUM", 8.0, "dark_steel", (97, 0, 3.3)))
    parts.append(s.lettering("size", "200 mm    8 IN", 8.0, "dark_steel", (97, 0, -3.3), below=True))
    return s.assemble("adjustable_wrench", parts)


def oil_can_opener() -> Any:
    """Oil can opener: black plastic, a pointed spade with ridges, a tapering handle with a hole."""
    half = o.points("-62,0.5 -54,7 -44,13 -36,17.5 -30,18.5 -22,16.0 -12,10 0,8.6 24,9.6 46,10.4")
    top = half[:4] + o.smooth(half[3:], 8)[1:]
    outline = [*o.mirrored(top), *top, *o.arc((50, 0), 10.6, 80, -80, 20)]
    body = s.plate("body", outline, 9, "plastic_black", [o.circle((51, 0), 4.2)], 1.8)
    hollow = o.ribbon([(2, 0), (24, 0), (43, 0)], [10, 12.5, 13])
    handle = s.plate("groove", hollow, 4, "plastic_black", bevel=0.5, z=5.0)
    spade = o.points("-55,0 -47,6.5 -40,10.5 -40,-10.5 -47,-6.5")
    body = s.carved(s.carved(body, handle), s.plate("spade", spade, 4, "plastic_black", bevel=0.3, z=4.6))
    ridge = s.plate("ridge", o.rectangle(-34.5, -16.5, -31, 16.5, 1.0), 12, "plastic_black", bevel=0.8)
    lip = s.plate("lip", o.rectangle(-27.5, -15, -25.5, 15, 0.8), 11, "plastic_black", bevel=0.6)
    return s.assemble("oil_can_opener", [body, ridge, lip])


def combination_wrench() -> Any:
    """Combination wrench 3/4": an open end turned by 15 degrees, a twelve-point ring, a grooved shank."""
    across, centre = 9.7, (-101.0, 0.0)
    edge = math.degrees(math.asin(across / 23.5))
    jaw = o.arc(centre, 23.5, 180 + edge + 4, 540 - edge - 4, 60)
    tip, mouth = 22.0, -2.0
    jaw += [(centre[0] - tip, across + 0.6), (centre[0] - tip + 2, across), (centre[0] + mouth, across)]
    jaw += o.arc((centre[0] + mouth, 0), across, 80, -80, 16)
    jaw += [(centre[0] + mouth, -across), (centre[0] - tip + 2, -across), (centre[0] - tip, -across - 0.6)]
    open_end = s.plate("open_end", o.rotated(jaw, -15, centre), 8, "satin_steel", bevel=1.0)
    shank = o.ribbon(o.points("-92,0 -78,0 -60,0 0,0 70,0 88,0 98,0"), [34, 22, 16.5, 14.5, 12.5, 14, 21])
    bar = s.plate("bar", shank, 7, "chrome", bevel=1.8)
    for z in (4.3, -4.3):
        bar = s.carved(bar, s.plate("groove", o.capsule((-62, 0), (72, 0), 4.2), 4, "chrome", bevel=0.6, z=z))
    ring = s.plate("ring", o.circle((113, 0), 17.0, 72), 11.5, "chrome", [o.star((113, 0), 12.6, 11.0, 12)], 1.2)
    words = s.lettering("words", "3/4      OPEN BOX     ALLOY STEEL", 6.2, "dark_steel", (4, -0.4, 2.4))
    back = s.lettering("back", "3/4       FORGED", 6.2, "dark_steel", (0, -0.4, -2.4), below=True)
    return s.assemble("combination_wrench", [open_end, bar, ring, words, back])


TOOLS: dict[str, Callable[[], Any]] = {
    "screwdriver_minus": screwdriver_minus,
    "screwdriver_plus": screwdriver_plus,
    "screwdriver_offset_cross": screwdriver_offset_cross,
    "brace": brace,
    "safety_wire_pliers": safety_wire_pliers,
    "pliers": pliers,
    "water_pump_pliers": water_pump_pliers,
    "adjustable_wrench": adjustable_wrench,
    "oil_can_opener": oil_can_opener,
    "combination_wrench": combination_wrench,
    "side_cutters": side_cutters,
}

JAWS: dict[str, Callable[[float], Any]] = {
    "safety_wire_pliers": safety_wire_pliers,
    "pliers": pliers,
    "water_pump_pliers": water_pump_pliers,
    "adjustable_wrench": adjustable_wrench,
    "side_cutters": side_cutters,
}
"""The tools that open: called with 0 (shut) to 1 (wide open)."""
