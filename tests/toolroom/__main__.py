"""`python -m tests.toolroom`: make a toolroom and say what happened in it, how long it took and how large it is."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import tests.toolroom
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
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--until", type=date.fromisoformat, default=datetime.now(UTC).date(), help="the last day")
    parser.add_argument("--small", action="store_true", help="20 people, 24 kits, 360 tools")
    chosen = parser.parse_args(arguments)
    if (chosen.folder / "toolroom.sqlite").exists():
        parser.error(f"{chosen.folder} holds records already")
    begun = time.perf_counter()
    happened = make(
        chosen.folder,
        seed=chosen.seed,
        days=chosen.days,
        size=SMALL if chosen.small else CUSTOMER,
        until=chosen.until,
    )
    seconds = time.perf_counter() - begun
    size = sum(path.stat().st_size for path in chosen.folder.rglob("*") if path.is_file())
    for what, count in happened.most_common():
        sys.stdout.write(f"{count:8} {what}\n")
    sys.stdout.write(f"{seconds:.0f} s, {size / 1_000_000:.1f} MB\n")


if __name__ == "__main__":
    main()
