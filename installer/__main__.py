"""`python -m installer`: make the package. `nox -s package` calls it with all that it needs installed."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import sysconfig
import tarfile
import time
from collections.abc import Sequence
from pathlib import Path

from installer import freeze, windows_python
from installer.bill import Part, parts, write_bill, write_licences
from installer.places import SOURCE, Places, usual_places
from installer.run import BuildFailed, run
from installer.setup_file import make_setup, sign, write_sums
from installer.version_resource import numbers
from installer.wine import Wine

PYTHON_IN_PACKAGE = "3.11.9"
CORE_SLICE = (
    *("-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "core"),
    *("tests/unit/domain", "tests/unit/adapters/vision"),
)
SYSTEMS = ("windows", "linux")
ON_WINDOWS = os.name == "nt"


def main(argv: Sequence[str] | None = None) -> int:
    """Make what is asked for; 0 when it lies in the products folder, 1 with a sentence otherwise."""
    parser = argparse.ArgumentParser(prog="python -m installer", description="Make the packages that IT installs.")
    parser.add_argument("systems", nargs="*", default=["windows"], help="windows (default), linux")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for the products; else dist/")
    parser.add_argument("--version", help="three numbers; else the program's own")
    parser.add_argument(
        "--older", metavar="VERSION", help="pack the same programs once more as an older version, to try upgrades with"
    )
    parser.add_argument(
        "--repack",
        action="store_true",
        help="pack the Windows programs that the last build froze, and make nothing else",
    )
    parser.add_argument(
        "--quick", action="store_true", help="pack in seconds instead of minutes: a larger setup file, to try it"
    )
    given = parser.parse_args(argv)
    unknown = set(given.systems) - set(SYSTEMS)
    if unknown:
        parser.error(f"no such system: {', '.join(sorted(unknown))}")
    places = usual_places(products=given.out, version=given.version)
    try:
        numbers(places.version)
        for system in SYSTEMS:
            if system in given.systems:
                if system == "linux":
                    _linux(places)
                else:
                    begun = time.monotonic()
                    files = places.frozen("windows") if given.repack else _windows(places, begun)
                    _pack(places, files, begun, older=given.older, quick=given.quick)
        write_sums(places.products)
    except (BuildFailed, ValueError, OSError) as error:
        print(f"The package was not made: {error}", file=sys.stderr)
        return 1
    return 0


def _say(begun: float, text: str) -> None:
    print(f"[{time.monotonic() - begun:5.0f} s] {text}", flush=True)


def _windows(places: Places, begun: float) -> Path:
    """The folder with the programs, described and signed."""
    files, packages, licence, version = (_frozen_on_windows if ON_WINDOWS else _frozen_under_wine)(places, begun)
    _describe(parts(packages, version, licence), places, files)
    signed = all(tuple(sign(files / name) for name in ("toolroom-desktop.exe", "toolroom.exe")))
    _say(begun, "signed" if signed else "not signed: TOOLROOM_SIGN names no command")
    return files


def _frozen_under_wine(places: Places, begun: float) -> tuple[Path, Path, Path, str]:
    """The programs; the packages inside, the licence and the version of the Python that they were made with."""
    _say(begun, "CPython for Windows and the locked wheels")
    python = windows_python.prepare(places)
    wine = Wine(places.wine_prefix)
    wine.prepare()
    _say(begun, "the core slice of the tests with the Windows wheels")
    said = wine.must([python, *CORE_SLICE], cwd=SOURCE, seconds=600)
    _say(begun, said.strip().splitlines()[-1])
    _say(begun, "freezing the programs under Wine")
    files = freeze.freeze_for_windows(places, wine, python)
    return files, python.parent / "Lib" / "site-packages", python.parent / "LICENSE.txt", PYTHON_IN_PACKAGE


def _frozen_on_windows(places: Places, begun: float) -> tuple[Path, Path, Path, str]:
    """The same on Windows itself, with the Python that runs this."""
    _say(begun, "the core slice of the tests")
    _say(begun, run([sys.executable, *CORE_SLICE], cwd=SOURCE).strip().splitlines()[-1])
    _say(begun, "freezing the programs")
    files = freeze.freeze_here(places, "windows")
    _say(begun, "the self-test of the frozen programs")
    run([files / "toolroom.exe", "selftest"])
    packages = Path(sysconfig.get_path("purelib"))
    return files, packages, Path(sys.base_prefix) / "LICENSE.txt", platform.python_version()


def _pack(places: Places, files: Path, begun: float, *, older: str | None, quick: bool) -> None:
    if not files.is_dir():
        raise BuildFailed(f"there is nothing to pack in {files}: build without --repack first")
    _say(begun, "packing the setup file")
    made = make_setup(places, files, target=places.setup_file, version=places.version, quick=quick)
    _say(begun, f"{made} ({made.stat().st_size / 1e6:.1f} MB)")
    if older is not None:
        numbers(older)
        made = make_setup(places, files, target=places.older_setup_file, version=older, quick=True)
        _say(begun, f"{made}, as version {older}")


def _linux(places: Places) -> None:
    begun = time.monotonic()
    _say(begun, "freezing the programs for this system")
    files = freeze.freeze_here(places, "linux")
    places.products.mkdir(parents=True, exist_ok=True)
    target = places.products / f"toolroom-desktop-{places.version}-linux-x86_64.tar.xz"
    with tarfile.open(target, "w:xz", preset=6) as archive:
        archive.add(files, arcname=f"toolroom-desktop-{places.version}")
    _say(begun, f"{target} ({target.stat().st_size / 1e6:.1f} MB)")


def _describe(known: Sequence[Part], places: Places, files: Path) -> None:
    """The list of parts beside the product and inside it, with all licence texts."""
    places.products.mkdir(parents=True, exist_ok=True)
    bill = places.products / f"toolroom-desktop-{places.version}-windows.cdx.json"
    write_bill(known, places.version, bill)
    folder = files / "_internal" / "licences"
    write_licences(known, folder)
    shutil.copyfile(bill, folder / "parts.cdx.json")


if __name__ == "__main__":
    sys.exit(main())
