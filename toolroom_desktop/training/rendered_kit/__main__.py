"""Command line: ``tables`` renders the demo tables, ``invented`` tables by chance, ``cutouts`` a cut-out store."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from toolroom_desktop.training.rendered_kit import render
from toolroom_desktop.training.rendered_kit.cutouts import write_cutouts
from toolroom_desktop.training.rendered_kit.foreign import FOREIGN
from toolroom_desktop.training.rendered_kit.geometry import TOOLS
from toolroom_desktop.training.rendered_kit.views import PX_PER_MM


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="rendered_kit", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    render.add_options(commands.add_parser("tables", help="the demo tables and their truth file"))
    render.add_invented_options(commands.add_parser("invented", help="labelled tables laid out by chance"))
    cut = commands.add_parser("cutouts", help="every tool and foreign thing from many directions, as a cut-out store")
    cut.add_argument("--out", type=Path, required=True, help="folder of the store; pictures that are there are kept")
    cut.add_argument("--only", action="append", choices=[*TOOLS, *FOREIGN], help="one thing (may be repeated)")
    cut.add_argument("--views", type=int, default=14, help="views per thing; the screwdrivers get 24 for every 14")
    cut.add_argument("--samples", type=int, default=16, help="Cycles samples per pixel before denoising")
    cut.add_argument("--px-per-mm", type=float, default=PX_PER_MM, help="pixels per millimetre of table")
    args = parser.parse_args(argv)
    if args.command == "tables":
        return render.run(args)
    if args.command == "invented":
        return render.run_invented(args)
    names = args.only or [*TOOLS, *FOREIGN]
    count = write_cutouts(args.out, names, args.views, args.px_per_mm, args.samples)
    print(f"{count} cut-outs in {args.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
