"""Run the trials of many seeds and print the table of docs/reliability.md.

python -m tests.faults.sync --seeds 500 [--first 0] [--control early|blind|naive] [--json]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.centre.server import PostgreSql, builds
from tests.centre.stations import make_template
from tests.faults.sync.conftest import hangar_in
from tests.faults.sync.controls import CONTROLS
from tests.faults.sync.proxy import Fault
from tests.faults.sync.trial import HEALED_WITHIN, STATIONS, Outcome, run_trial


def main() -> int:
    """Exit code 1 where a seed did not hold (with a control: where every seed held)."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.sync")
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--control", choices=sorted(CONTROLS))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    outcomes: list[Outcome] = []
    begun = time.monotonic()
    server = PostgreSql(builds()[0])
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            template = make_template(Path(folder) / "template")
            for hangar in hangar_in(server, template, Path(folder)):
                for seed in range(given.first, given.first + given.seeds):
                    outcomes.append(_one(seed, hangar, server, given.control))
                    if not outcomes[-1].good:
                        sys.stderr.write(f"{outcomes[-1]}\n")
                    if len(outcomes) % 50 == 0:
                        sys.stderr.write(f"{len(outcomes)} of {given.seeds}\n")
    finally:
        server.remove()
    summary = summed(outcomes) | {
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "postgresql": server.build.version,
    }
    lines = json.dumps(summary, indent=2) if given.json else "\n".join(f"{k}: {v}" for k, v in summary.items())
    sys.stdout.write(f"{lines}\n")
    held = all(outcome.good for outcome in outcomes)
    return int(held) if given.control else int(not held)


def _one(seed: int, hangar: object, server: PostgreSql, control: str | None) -> Outcome:
    from tests.centre.stations import Hangar

    assert isinstance(hangar, Hangar)
    if control is None:
        return run_trial(seed, hangar, server)
    return CONTROLS[control](seed, hangar, server)


def summed(outcomes: list[Outcome]) -> dict[str, object]:
    """The figures of many trials."""
    healed = sorted(outcome.healed for outcome in outcomes if outcome.healed is not None)
    faults: Counter[Fault] = Counter()
    for outcome in outcomes:
        faults.update(outcome.faults)
    return {
        "seeds": len(outcomes),
        "stations": STATIONS,
        "entries": sum(outcome.written for outcome in outcomes),
        "photos": sum(outcome.photos for outcome in outcomes),
        "connections": faults.total(),
        "faults": {fault.value: faults[fault] for fault in Fault if fault is not Fault.NONE},
        "lost": sum(outcome.lost for outcome in outcomes),
        "doubled": sum(outcome.doubled for outcome in outcomes),
        "stuck": sum(outcome.healed is None for outcome in outcomes),
        "rows of reference data changed": sum(outcome.changes for outcome in outcomes),
        "different at a station": sum(len(outcome.different) for outcome in outcomes),
        "chains broken": sum(outcome.chain_faults for outcome in outcomes),
        f"healed within {HEALED_WITHIN:.0f} s": sum(seconds <= HEALED_WITHIN for seconds in healed),
        "longest times of a trial, of those at leisure": round(max(outcome.slow for outcome in outcomes), 1),
        "healed, median s": round(statistics.median(healed), 2) if healed else None,
        "healed, longest s": round(healed[-1], 2) if healed else None,
    }


if __name__ == "__main__":
    sys.exit(main())
