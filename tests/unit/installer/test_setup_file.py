"""What NSIS is told, how products are signed, and the list of sums."""

from __future__ import annotations

import hashlib
import re
import stat
import sys
from pathlib import Path

import pytest

from installer.places import SOURCE, Places
from installer.run import BuildFailed
from installer.setup_file import SIGN_VARIABLE, make_setup, sign, write_sums

SCRIPT = "".join(
    (SOURCE / "installer" / name).read_text(encoding="utf-8")
    for name in ("toolroom.nsi", "setup_room.nsh", "setup_folder.nsh")
)
TEXTS = (SOURCE / "installer" / "setup_texts.nsh").read_text(encoding="utf-8")


def program(place: Path, text: str) -> Path:
    """A program of Python's that does `text`."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\n{text}\n", encoding="utf-8")
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    return place


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A build with two small programs."""
    found = Places(tmp_path / "cache", tmp_path / "work", tmp_path / "dist", "1.2.3")
    files = found.frozen("windows")
    (files / "_internal").mkdir(parents=True)
    (files / "toolroom.exe").write_bytes(b"x" * 3_000_000)
    return found


def packed_by(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> None:
    """Let a program of ours stand where NSIS is looked for."""
    program(tmp_path / "bin" / "makensis", text)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


WRITES_WHAT_IT_WAS_TOLD = """
told = dict(word[2:].split("=", 1) for word in sys.argv[1:] if word.startswith("-D"))
Path(told["OUTPUT"]).write_text("\\n".join(f"{name}={value}" for name, value in told.items()))
"""


def test_nsis_is_told_everything_that_the_script_asks_for(
    places: Places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packed_by(monkeypatch, tmp_path, WRITES_WHAT_IT_WAS_TOLD)
    made = make_setup(places, places.frozen("windows"), target=places.setup_file, version="1.2.3")
    told = dict(line.split("=", 1) for line in made.read_text(encoding="utf-8").splitlines())
    own = set(re.findall(r"!define (?:/\w+ )?(\w+)", SCRIPT)) | {"un", "name", "what", "english", "russian"}
    theirs = {"LANG_ENGLISH", "LANG_RUSSIAN", "SW_HIDE"}
    asked = set(re.findall(r"\$\{([A-Z][A-Z_]+)\}", SCRIPT + TEXTS)) - own - theirs
    assert asked - {"SIGN"} == set(told) & asked - {"SIGN"}
    assert int(told["INSTALLED_KB"]) == 3_000_000 // 1024
    assert int(told["NEEDED_MB"]) > 3
    assert Path(told["SIDE_PICTURE"]).is_file()
    assert "QUICK" not in told


def test_the_uninstaller_and_the_setup_file_are_signed_by_the_same_command(
    places: Places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packed_by(monkeypatch, tmp_path, WRITES_WHAT_IT_WAS_TOLD)
    monkeypatch.setenv(SIGN_VARIABLE, "sign --key mine")
    made = make_setup(places, places.frozen("windows"), target=places.setup_file, version="1.2.3")
    assert "SIGN=sign --key mine" in made.read_text(encoding="utf-8").splitlines()


def test_a_packer_that_fails_or_makes_nothing_is_said(
    places: Places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packed_by(monkeypatch, tmp_path, "sys.exit('the script has a mistake')")
    with pytest.raises(BuildFailed, match="the script has a mistake"):
        make_setup(places, places.frozen("windows"), target=places.setup_file, version="1.2.3")
    packed_by(monkeypatch, tmp_path, "")
    with pytest.raises(BuildFailed, match="made no setup file"):
        make_setup(places, places.frozen("windows"), target=places.setup_file, version="1.2.3")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildFailed, match="NSIS is missing"):
        make_setup(places, places.frozen("windows"), target=places.setup_file, version="1.2.3")


def test_a_program_is_signed_in_place_by_the_command_of_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signed = tmp_path / "station of mine.exe"
    signed.write_text("program")
    monkeypatch.delenv(SIGN_VARIABLE, raising=False)
    assert not sign(signed)
    signer = program(tmp_path / "sign", "p = Path(sys.argv[2]); p.write_text(p.read_text() + sys.argv[1])")
    monkeypatch.setenv(SIGN_VARIABLE, f'"{signer}" " and signature"')
    assert sign(signed)
    assert signed.read_text() == "program and signature"
    monkeypatch.setenv(SIGN_VARIABLE, f"{sys.executable} -c 'raise SystemExit(\"no certificate\")'")
    with pytest.raises(BuildFailed, match="no certificate"):
        sign(signed)


def test_the_sums_name_every_product_and_not_themselves(tmp_path: Path) -> None:
    (tmp_path / "b.exe").write_bytes(b"setup")
    (tmp_path / "a.json").write_bytes(b"parts")
    (tmp_path / "folder").mkdir()
    write_sums(tmp_path)
    expected = [f"{hashlib.sha256(c).hexdigest()}  {n}" for n, c in (("a.json", b"parts"), ("b.exe", b"setup"))]
    assert write_sums(tmp_path).read_text(encoding="utf-8").splitlines() == expected


def test_every_sentence_of_the_setup_is_there_in_both_languages_and_used() -> None:
    lines = [line for line in TEXTS.splitlines() if line.startswith("!insertmacro Text ")]
    sentences = {}
    for line in lines:
        found = re.fullmatch(r'!insertmacro Text (T_\w+) "([^"]+)" "([^"]+)"', line)
        assert found is not None, line
        sentences[found[1]] = (found[2], found[3])
    assert len(sentences) == len(lines)
    assert set(sentences) == set(re.findall(r"\$\((T_\w+)\)", SCRIPT))
    for english, russian in sentences.values():
        assert not re.search("[а-яё]", english, re.IGNORECASE)
        assert re.search("[а-яё]", russian, re.IGNORECASE)
        names = r"\$\{?\w+\}?"
        assert sorted(re.findall(names, english)) == sorted(re.findall(names, russian))


def test_every_exit_code_of_the_setup_stands_in_the_guide() -> None:
    used = {int(code) for code in re.findall(r"SetErrorLevel (\d+)", SCRIPT)}
    used |= {int(code) for code in re.findall(r"Push (\d+)\n\s+Call GiveUp", SCRIPT)}
    guide = (SOURCE / "docs" / "it-guide.md").read_text(encoding="utf-8")
    described = {int(code) for code in re.findall(r"^\| (1\d) \|", guide, re.MULTILINE)}
    assert used == described == set(range(10, 18))
