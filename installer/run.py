"""Running other programs, and stopping with a sentence where one fails."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


class BuildFailed(Exception):
    """The package cannot be made; the text says why and what to do."""


def run(
    command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None, seconds: int = 1800
) -> str:
    """Run a program and return what it printed; raises `BuildFailed` with the end of it where it failed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=seconds,
        check=False,
    )
    printed = done.stdout.decode(errors="replace")
    if done.returncode:
        end = "\n".join(printed.splitlines()[-40:])
        raise BuildFailed(f"{' '.join(str(part) for part in command[:3])} … ended with {done.returncode}:\n{end}")
    return printed
