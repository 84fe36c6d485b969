"""Windows programs on Linux, in a Wine prefix of the build's own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from installer.run import BuildFailed, run

PACKAGES = ("wine", "wine64", "nsis", "osslsigncode", "binutils-mingw-w64-x86-64")
"""What Debian calls the programs that the Windows package is made and tried with."""
_QUIET = {
    # Arguments in Cyrillic reach Windows programs only in a locale that has Cyrillic.
    "LC_ALL": "C.UTF-8",
    "WINEDEBUG": "-all",
    # No offer to download .NET or a browser, no debugger that waits for somebody.
    "WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d",
}
_RANDOM_NUMBERS = "LIBRARY bcryptprimitives\nEXPORTS\nProcessPrng = advapi32.SystemFunction036\n"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a Windows program ended. Under Wine the code alone proves little: look at what it did."""

    code: int
    printed: str


@dataclass(frozen=True, slots=True)
class Wine:
    """One Wine prefix."""

    prefix: Path
    variables: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        """Make the prefix where there is none. Raises `BuildFailed`."""
        if shutil.which("wine") is None:
            raise BuildFailed(f"Wine is missing: apt-get install --no-install-recommends {' '.join(PACKAGES)}")
        if (self.prefix / "system.reg").exists():
            return
        self.prefix.parent.mkdir(parents=True, exist_ok=True)
        self.run(["wineboot", "--init"], seconds=300)
        self.run(["winecfg", "-v", "win10"], seconds=120)
        self._add_random_numbers()
        self.wait()

    def _add_random_numbers(self) -> None:
        """Give Wine 8 the library of Windows 10 that Rust's programs ask for random numbers: pydantic and cryptography.

        It has one function, which the prefix passes on to the older one that Wine has. It never gets into the package.
        """
        library = self.prefix / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
        if library.exists():
            return
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "exports.def").write_text(_RANDOM_NUMBERS)
            (folder / "start.s").write_text(".text\n.globl DllMain\nDllMain:\n mov $1, %eax\n ret\n")
            tool = "x86_64-w64-mingw32-"
            run([f"{tool}as", "-o", folder / "start.o", folder / "start.s"])
            run([f"{tool}ld", "-shared", "-e", "DllMain", "-o", library, folder / "start.o", folder / "exports.def"])

    @property
    def environment(self) -> dict[str, str]:
        """What a program of this prefix needs besides the environment of this process."""
        return {**_QUIET, "WINEPREFIX": str(self.prefix), **self.variables}

    def run(self, command: Sequence[str | Path], *, seconds: int = 1800, cwd: Path | None = None) -> Ended:
        """Run a Windows program to its end. Raises `subprocess.TimeoutExpired`."""
        # Through pipes: with a file as its output the Windows Python once died with "handle is invalid".
        done = subprocess.run(
            ["wine", *(str(part) for part in command)],
            cwd=cwd,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode("utf-8", errors="replace").replace("\r\n", "\n"))

    def must(self, command: Sequence[str | Path], *, seconds: int = 1800, cwd: Path | None = None) -> str:
        """Run a Windows program; raises `BuildFailed` with the end of what it printed where its code is not 0."""
        ended = self.run(command, seconds=seconds, cwd=cwd)
        if ended.code:
            end = "\n".join(ended.printed.splitlines()[-40:])
            raise BuildFailed(f"wine {command[0]} ended with {ended.code}:\n{end}")
        return ended.printed

    def wait(self, *, seconds: float = 120) -> None:
        """Wait until every Windows program of this prefix has ended, the last of which writes the registry.

        Not by `wineserver -w`: Debian's loses sight of a server whose predecessor was killed. Raises `BuildFailed`.
        """
        end = time.monotonic() + seconds
        while self._processes():
            if time.monotonic() > end:
                raise BuildFailed(f"Windows programs still run in {self.prefix}")
            time.sleep(0.05)

    def kill(self, only: str = "") -> None:
        """End every Windows program of this prefix at once, as a power cut would; with `only`, those started so."""
        while found := [process for process in self._processes() if only in _line_of(process)]:
            for process in found:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.05)

    def _processes(self) -> list[int]:
        """The processes of this prefix, Wine's own among them; a dead one that nobody asked about yet is none."""
        mark = f"WINEPREFIX={self.prefix}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) != os.getpid():
                with contextlib.suppress(OSError):
                    if mark in (folder / "environ").read_bytes().split(b"\0"):
                        found.append(int(folder.name))
        return found

    @staticmethod
    def name(path: Path) -> str:
        """What Windows programs call a path of this machine."""
        return "Z:" + str(path.absolute()).replace("/", "\\")


def _line_of(process: int) -> str:
    """With which words a process was started; empty where it has ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
    return ""
