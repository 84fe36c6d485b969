"""The project's tasks. `nox -s demo` starts the station, `nox -s tests` runs every test; both set themselves up."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "types", "layers", "tests"]
nox.needs_version = ">=2025.5.1"

RUNTIME_LOCK = "requirements.lock"
DEVELOPMENT_LOCK = "requirements-dev.lock"
SOURCES = ("toolroom_desktop", "tests", "installer", "noxfile.py")

# What Qt needs of a Debian system: library as the dynamic linker names it -> package.
QT_LIBRARIES = {
    "glib-2.0": "libglib2.0-0",
    "EGL": "libegl1",
    "GL": "libgl1",
    "X11": "libx11-6",
    "dbus-1": "libdbus-1-3",
    "fontconfig": "libfontconfig1",
    "freetype": "libfreetype6",
    "xkbcommon": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "xkbcommon-x11": "libxkbcommon-x11-0",
    "X11-xcb": "libx11-xcb1",
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-image": "libxcb-image0",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-randr": "libxcb-randr0",
    "xcb-render-util": "libxcb-render-util0",
    "xcb-render": "libxcb-render0",
    "xcb-shape": "libxcb-shape0",
    "xcb-shm": "libxcb-shm0",
    "xcb-sync": "libxcb-sync1",
    "xcb-xfixes": "libxcb-xfixes0",
    "xcb-xkb": "libxcb-xkb1",
    "xcb-util": "libxcb-util1",
}


def _has_library(name: str) -> bool:
    """Whether the dynamic linker finds the library; `ldconfig` lists it even where no compiler is installed."""
    return ctypes.util.find_library(name) is not None


def _system_libraries(session: nox.Session, libraries: dict[str, str], programs: tuple[str, ...] = ()) -> None:
    """Install what Qt misses on a Debian as root, or stop with the exact line to run."""
    if not sys.platform.startswith("linux"):
        return
    packages = [package for name, package in libraries.items() if not _has_library(name)]
    packages += [program for program in programs if shutil.which(_PROGRAM_OF.get(program, program)) is None]
    if not packages:
        return
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        session.error(f"Qt needs these system libraries; install what your system calls them: {' '.join(packages)}")
    if os.geteuid() != 0:
        session.error(
            f"Qt needs system libraries that are not here. Run this once, then try again:\n\n  sudo sh -c '{line}'"
        )
    session.run("sh", "-c", line, external=True, env={"DEBIAN_FRONTEND": "noninteractive"}, silent=True)


_PROGRAM_OF = {"xvfb": "Xvfb"}


def _install(session: nox.Session, lock: str) -> None:
    """Install exactly what the lock says and the project itself, unless this environment already has them."""
    stamp = Path(session.virtualenv.location) / "installed.lock"
    wanted = Path(lock).read_bytes() + Path("pyproject.toml").read_bytes()
    if stamp.exists() and stamp.read_bytes() == wanted:
        return
    session.install("--require-hashes", "--only-binary", ":all:", "-r", lock)
    session.install("--no-deps", "--no-build-isolation", "--no-index", "--editable", ".")
    stamp.write_bytes(wanted)


def _virtual_screen(session: nox.Session) -> tuple[str, ...]:
    """What to put before a command that opens windows: nothing where there is a screen."""
    if not sys.platform.startswith("linux") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return ()
    _system_libraries(session, {}, ("xvfb", "xauth"))
    return ("xvfb-run", "--auto-servernum", "--server-args=-screen 0 1920x1080x24")


@nox.session
def demo(session: nox.Session) -> None:
    """Start the station with demo people, kits and pictures; no camera needed. Arguments go to the program."""
    _system_libraries(session, QT_LIBRARIES | WINDOW_LIBRARIES)
    _install(session, RUNTIME_LOCK)
    screen = _virtual_screen(session)
    if screen:
        session.log("This machine has no screen: the station runs on a virtual one until you press Ctrl+C.")
    session.run(*screen, "python", "-m", "toolroom_desktop", "--demo", *session.posargs, external=bool(screen))


@nox.session
def toolroom(session: nox.Session) -> None:
    """Run the command line: `nox -s toolroom -- check PHOTO --toolkit NAME`."""
    _system_libraries(session, QT_LIBRARIES)
    _install(session, RUNTIME_LOCK)
    session.run("toolroom", *session.posargs, success_codes=[0, 1, 3])


@nox.session
def tests(session: nox.Session) -> None:
    """Run every test, with windows drawn off screen. Arguments go to pytest."""
    _system_libraries(session, QT_LIBRARIES)
    _install(session, DEVELOPMENT_LOCK)
    session.run("python", "-m", "pytest", *session.posargs, env={"QT_QPA_PLATFORM": "offscreen"})


@nox.session
def windows(session: nox.Session) -> None:
    """Run the tests that open windows once more, in real windows (under Xvfb where there is no screen)."""
    _system_libraries(session, QT_LIBRARIES | WINDOW_LIBRARIES)
    _install(session, DEVELOPMENT_LOCK)
    arguments = session.posargs or ["tests/ui", "tests/e2e/days"]
    screen = _virtual_screen(session)
    session.run(*screen, "python", "-m", "pytest", *arguments, external=bool(screen), env={"QT_QPA_PLATFORM": "xcb"})


# What makes and tries the Windows package on Debian: program -> package.
PACKAGERS = {
    "wine": "wine wine64",
    "makensis": "nsis",
    "osslsigncode": "osslsigncode",
    "x86_64-w64-mingw32-ld": "binutils-mingw-w64-x86-64",
    # For the tests in which Windows programs have windows.
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
}
PACKAGE_LOCK = "installer/linux.lock"
# Lower than any release: what an upgrade begins with until there is a release before this one.
OLDER_VERSION = "0.0.1"


def _packagers(session: nox.Session) -> None:
    missing = [package for program, package in PACKAGERS.items() if shutil.which(program) is None]
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}"
        session.run("sh", "-c", line, external=True, env={"DEBIAN_FRONTEND": "noninteractive"}, silent=True)
    elif missing:
        session.error(f"Install these Debian packages first: {' '.join(missing)}")


@nox.session(venv_backend="none")
def system(session: nox.Session) -> None:
    """Install at once what all other sessions need of a Debian system, so that they can run beside each other."""
    _system_libraries(session, QT_LIBRARIES | WINDOW_LIBRARIES, ("xvfb", "xauth"))
    _packagers(session)


@nox.session
def package(session: nox.Session) -> None:
    """Make the Windows setup file in dist/ and try it under Wine; arguments go to `python -m installer` alone."""
    _packagers(session)
    _system_libraries(session, QT_LIBRARIES)
    _install(session, PACKAGE_LOCK)
    off_screen = {"QT_QPA_PLATFORM": "offscreen"}
    if session.posargs:
        session.run("python", "-m", "installer", *session.posargs, env=off_screen)
        return
    session.run("python", "-m", "installer", "windows", "--older", OLDER_VERSION, env=off_screen)
    session.run(
        "python",
        "-m",
        "pytest",
        "tests/package",
        "tests/unit/installer",
        env={**off_screen, "TOOLROOM_PACKAGE_TESTS": "1"},
    )


@nox.session
def lint(session: nox.Session) -> None:
    """Style."""
    _install(session, DEVELOPMENT_LOCK)
    session.run("ruff", "check", *SOURCES)
    session.run("ruff", "format", "--check", *SOURCES)


@nox.session
def types(session: nox.Session) -> None:
    """Types, strictly."""
    _install(session, DEVELOPMENT_LOCK)
    session.run("mypy")


@nox.session
def layers(session: nox.Session) -> None:
    """Who may import whom."""
    _install(session, DEVELOPMENT_LOCK)
    session.run("lint-imports")


@nox.session
def render(session: nox.Session) -> None:
    """Render the kit with Blender as a package: `-- tables --out DIR` or `-- cutouts --out DIR` (an hour each)."""
    session.install("bpy==5.0.1")
    arguments = session.posargs or ["tables", "--out", "resources/demo/tables"]
    session.run("python", "-m", "toolroom_desktop.training.rendered_kit", *arguments)


# What learning needs besides the locked packages. Pinned here and not in a lock file: which torch is the right one (for
# the CPU, for which CUDA) is the machine's own affair, and its index says it. ultralytics and torchvision come without
# what they ask for: telemetry and cloud packages are not used, and for a torchvision that does not fit the torch
# toolroom_desktop/training/learn/torchvision_stand_in.py stands in.
TORCH = ("torch==2.13.0",)
WITHOUT_DEPENDENCIES = ("torchvision==0.28.0", "ultralytics==8.4.190", "onnxslim==0.1.98")
TRAINING = (
    "matplotlib==3.11.2",
    "onnx==1.23.2",
    "pillow==13.0.0",
    "psutil==7.2.2",
    "requests==2.34.2",
    "scipy==1.17.1",
    "tqdm==4.70.1",
)


@nox.session
def train(session: nox.Session) -> None:
    """Run the tests of learning; with arguments `toolroom` with what learning needs: `nox -s train -- train --help`."""
    _system_libraries(session, QT_LIBRARIES)
    _install(session, DEVELOPMENT_LOCK)
    stamp = Path(session.virtualenv.location) / "installed.training"
    wanted = "\n".join((*TORCH, *WITHOUT_DEPENDENCIES, *TRAINING, Path(DEVELOPMENT_LOCK).read_text()))
    if not stamp.exists() or stamp.read_text() != wanted:
        session.install(*TORCH)
        session.install("--no-deps", *WITHOUT_DEPENDENCIES)
        session.install(*TRAINING)
        stamp.write_text(wanted)
    # ultralytics keeps settings and looks for fonts in the user's folders; it gets one of its own.
    own = {"YOLO_CONFIG_DIR": str(Path(session.virtualenv.location) / "ultralytics")}
    if session.posargs:
        session.run("toolroom", *session.posargs, env=own, success_codes=[0, 1, 3])
        return
    environment = {"QT_QPA_PLATFORM": "offscreen", "TOOLROOM_TRAINING_TESTS": "1", **own}
    session.run("python", "-m", "pytest", "tests/training", env=environment)


@nox.session(venv_backend="none")
def lock(session: nox.Session) -> None:
    """Write the lock files anew (needs uv on the path): one pin set for Linux and Windows, with hashes."""
    common = (
        "--universal",
        "--python-version=3.11",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-annotate",
        "--no-header",
        "--quiet",
        *session.posargs,
    )
    compile_ = ("uv", "pip", "compile", "pyproject.toml", "--group=install", *common)
    session.run(*compile_, "-o", RUNTIME_LOCK, external=True)
    development = ("--group=dev", f"--constraint={RUNTIME_LOCK}", "-o", DEVELOPMENT_LOCK)
    session.run(*compile_, *development, external=True)
    pinned = f"--constraint={DEVELOPMENT_LOCK}"
    making = ("--group=package", "--group=exercise")
    session.run(*compile_, *making, "--group=bill", pinned, "-o", PACKAGE_LOCK, external=True)
    # One system and one Python, so that every line is a wheel of the package.
    windows = [option for option in compile_ if option not in ("--universal", "--group=install")]
    windows += ["--python-platform=x86_64-pc-windows-msvc", "--only-binary=:all:"]
    session.run(*windows, *making, pinned, "-o", "installer/windows.lock", external=True)
