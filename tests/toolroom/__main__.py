"""`python -m tests.toolroom`: make a toolroom and say what happened in it, how long it took and how large it is."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import tests.toolroom
from tests.toolroom.bulk import make_bulk
from tests.toolroom.make import make
from tests.toolroom.store import CUSTOMER, SMALL


def main(arguments: list[str] | None = None) -> None:
    """Make it and print."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.toolroom",
        description=tests.toolroom.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="the data folder to make; must not hold records yet")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, help="365, or 1096 with --bulk")
    parser.add_argument("--bulk", type=int, metavar="N", help="about N operations, most of them repeated: see bulk.py")
    parser.add_argument("--until", type=date.fromisoformat, default=datetime.now(UTC).date(), help="the last day")
    parser.add_argument("--small", action="store_true", help="20 people, 24 kits, 360 tools")
    chosen = parser.parse_args(arguments)
    if (chosen.folder / "toolroom.sqlite").exists():
        parser.error(f"{chosen.folder} holds records already")
    begun = time.perf_counter()
    size = SMALL if chosen.small else CUSTOMER
    if chosen.bulk:
        days = chosen.days or 1096
        happened = make_bulk(
            chosen.folder, seed=chosen.seed, operations=chosen.bulk, days=days, size=size, until=chosen.until
        )
    else:
        happened = make(chosen.folder, seed=chosen.seed, days=chosen.days or 365, size=size, until=chosen.until)
    seconds = time.perf_counter() - begun
    weight = sum(path.stat().st_size for path in chosen.folder.rglob("*") if path.is_file())
    for what, count in happened.most_common():
        sys.stdout.write(f"{count:8} {what}\n")
    sys.stdout.write(f"{seconds:.0f} s, {weight / 1_000_000:.1f} MB\n")


if __name__ == "__main__":
    main()
