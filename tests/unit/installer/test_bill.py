"""The list of parts and the licence texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("cyclonedx", reason="comes with nox -s package")

from installer import bill
from installer.bill import Part, parts, write_bill, write_licences
from installer.run import BuildFailed


def installed(site: Path, name: str, version: str, *said: str, licences: tuple[str, ...] = ("LICENSE",)) -> None:
    """An installed package that says these things of itself."""
    folder = site / f"{name}-{version}.dist-info"
    folder.mkdir(parents=True)
    lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *said]
    (folder / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for licence in licences:
        (folder / licence).write_text(f"{licence} of {name}", encoding="utf-8")
    record = [f"{folder.name}/{file},," for file in ("METADATA", *licences)]
    (folder / "RECORD").write_text("\n".join(record) + "\n", encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Packages for a program that asks for `drawing` alone."""
    source = tmp_path / "source"
    (source / "resources" / "fonts").mkdir(parents=True)
    (source / "resources" / "fonts" / "Inter-LICENSE.txt").write_text("font")
    (source / "pyproject.toml").write_text(
        '[project]\ndependencies = ["Drawing>=1", "elsewhere; os_name == \'posix\'"]\n'
    )
    monkeypatch.setattr(bill, "SOURCE", source)
    folder = tmp_path / "site"
    installed(
        folder, "drawing", "1.5", "License-Expression: MIT", "Requires-Dist: pens", "Requires-Dist: x; extra == 'y'"
    )
    installed(
        folder, "pens", "2.0", "Classifier: License :: OSI Approved :: BSD License", licences=("LICENSE", "NOTICE")
    )
    installed(folder, "pyinstaller", "6.0", "License: GPL-2.0-or-later", "Requires-Dist: never-packed")
    installed(folder, "unused", "9.0", "License: MIT")
    (tmp_path / "LICENSE.txt").write_text("python")
    return folder


def known(site: Path) -> list[Part]:
    return parts(site, "3.11.9", site.parent / "LICENSE.txt")


def test_parts_are_what_the_program_asks_for_on_windows_and_what_that_asks_for(site: Path) -> None:
    assert [(part.name, part.version) for part in known(site)] == [
        ("CPython", "3.11.9"),
        ("drawing", "1.5"),
        ("Inter", "4"),
        ("pens", "2.0"),
        ("pyinstaller", "6.0"),
    ]
    licences = {part.name: part.licence for part in known(site)}
    assert (licences["drawing"], licences["pens"]) == ("MIT", "BSD License")


def test_a_part_that_is_not_installed_is_said(site: Path) -> None:
    (site / "pens-2.0.dist-info" / "METADATA").unlink()
    (site / "pens-2.0.dist-info").rename(site / "gone")
    with pytest.raises(BuildFailed, match="pens"):
        known(site)


def test_a_licence_may_lie_beside_the_code_of_a_part(site: Path) -> None:
    (site / "pens-2.0.dist-info" / "RECORD").write_text(
        "pens/LICENSE,,\npens/inner/colours/LICENSE,,\n", encoding="utf-8"
    )
    (texts,) = (part.texts for part in known(site) if part.name == "pens")
    assert texts == (site / "pens" / "LICENSE",)


def test_a_part_without_the_text_of_its_licence_is_said(site: Path) -> None:
    (site / "pens-2.0.dist-info" / "RECORD").write_text("pens/ink.py,,\n", encoding="utf-8")
    with pytest.raises(BuildFailed, match="pens"):
        known(site)


def test_qt_comes_with_the_licences_by_which_it_is_given(site: Path) -> None:
    installed(site, "shiboken6", "6.9", "License: LGPL-3.0-only")
    (site / "drawing-1.5.dist-info" / "METADATA").write_text("Name: drawing\nVersion: 1.5\nRequires-Dist: shiboken6\n")
    (texts,) = (part.texts for part in known(site) if part.name == "shiboken6")
    assert [text.name for text in texts] == ["LGPL-3.0.txt", "GPL-3.0.txt", "LICENSE"]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts[0].read_text(encoding="utf-8")


def test_the_list_of_parts_is_cyclonedx(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "parts.json"
    write_bill(known(site), "1.2.3", target)
    said = json.loads(target.read_text(encoding="utf-8"))
    assert said["bomFormat"] == "CycloneDX"
    assert said["metadata"]["component"]["version"] == "1.2.3"
    purls = {component["name"]: component.get("purl") for component in said["components"]}
    assert purls["pens"] == "pkg:pypi/pens@2.0"
    assert set(purls) == {part.name for part in known(site)}


def test_every_licence_text_lies_in_the_folder_and_is_named(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "licences"
    write_licences(known(site), folder)
    index = (folder / "licences.txt").read_text(encoding="utf-8")
    assert (folder / "pens.txt").read_text(encoding="utf-8") == "LICENSE of pens"
    assert (folder / "pens-2.txt").read_text(encoding="utf-8") == "NOTICE of pens"
    texts = {path.name for path in folder.iterdir()} - {"licences.txt"}
    assert texts == {"CPython.txt", "Inter.txt", "drawing.txt", "pens.txt", "pens-2.txt", "pyinstaller.txt"}
    assert all(name in index for name in texts)
