"""The list of everything inside the package (CycloneDX) and the licence texts that must come with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installer.places import SOURCE
from installer.run import BuildFailed

FREEZER = "pyinstaller"
"""Its start program is part of each frozen program."""
WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
OWN_TEXTS = SOURCE / "installer" / "licences"
"""Texts of licences that a wheel names and does not bring."""
_NOT_BROUGHT = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "flatbuffers": ("Apache-2.0.txt",),
}
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing inside: its name, version, licence as it says itself, and its licence texts."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]
    kind: ComponentType = ComponentType.LIBRARY
    purl: PackageURL | None = None


def parts(site_packages: Path, python_version: str, python_licence: Path) -> list[Part]:
    """Everything inside the Windows package, by name.

    Raises `BuildFailed` for a dependency that is not installed, and for one without the text of its licence.
    """
    found = {canonicalize_name(d.metadata["Name"]): d for d in distributions(path=[str(site_packages)])}
    declared = tomllib.loads((SOURCE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    wanted: dict[str, Distribution] = {}
    waiting = [*declared, FREEZER]
    while waiting:
        asked = Requirement(waiting.pop())
        name = canonicalize_name(asked.name)
        if (asked.marker is not None and not asked.marker.evaluate({**WINDOWS, "extra": ""})) or name in wanted:
            continue
        if name not in found:
            raise BuildFailed(f"{asked} is needed and not installed")
        wanted[name] = found[name]
        waiting.extend([] if name == FREEZER else (found[name].requires or []))
    known = [_part(name, distribution) for name, distribution in wanted.items()]
    without = [part.name for part in known if not part.texts]
    if without:
        raise BuildFailed(f"the text of their licence is missing, lay it into {OWN_TEXTS}: {', '.join(without)}")
    known.append(Part("CPython", python_version, "PSF-2.0", (python_licence,), ComponentType.PLATFORM))
    font = SOURCE / "resources" / "fonts" / "Inter-LICENSE.txt"
    known.append(Part("Inter", "4", "OFL-1.1", (font,), ComponentType.FILE))
    return sorted(known, key=lambda part: part.name.lower())


def _part(name: str, distribution: Distribution) -> Part:
    said = distribution.metadata
    classified = [c.rsplit(" :: ", 1)[-1] for c in said.get_all("Classifier") or [] if c.startswith("License ::")]
    short, expression = ("".join(said.get_all(name) or []).strip() for name in ("License", "License-Expression"))
    licence = expression or (short if 0 < len(short) <= 60 else "") or "; ".join(classified) or "?"
    files = [file for file in distribution.files or [] if _LICENCE_FILE.search(Path(file).name)]
    described = [file for file in files if ".dist-info" in str(file)]
    # Some lay it into the folder of their code.
    brought = described or [file for file in files if len(file.parts) == 2]
    own = tuple(OWN_TEXTS / text for text in _NOT_BROUGHT.get(name, ()))
    texts = own + tuple(Path(str(distribution.locate_file(file))) for file in brought)
    return Part(name, distribution.version, licence, texts, purl=PackageURL("pypi", None, name, distribution.version))


def write_bill(known: Iterable[Part], version: str, target: Path) -> None:
    """Write the CycloneDX list as JSON; raises `BuildFailed` where it does not hold to its schema."""
    licences = LicenseFactory()
    bom = Bom()
    bom.metadata.component = Component(
        name="toolroom-desktop",
        version=version,
        type=ComponentType.APPLICATION,
        licenses=[licences.make_from_string("AGPL-3.0-or-later")],
    )
    for part in known:
        licence = [] if part.licence == "?" else [licences.make_from_string(part.licence)]
        component = Component(name=part.name, version=part.version, type=part.kind, purl=part.purl, licenses=licence)
        bom.components.add(component)
        bom.register_dependency(bom.metadata.component, [component])
    text = JsonV1Dot6(bom).output_as_string(indent=2)
    complaint = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if complaint is not None:
        raise BuildFailed(f"the list of parts is not what CycloneDX asks for: {complaint}")
    target.write_text(text + "\n", encoding="utf-8")


def write_licences(known: Iterable[Part], folder: Path) -> None:
    """Write the licence texts of all parts and `licences.txt`, which names them."""
    folder.mkdir(parents=True)
    lines = ["What this program is made of, and under which licences", ""]
    for part in known:
        lines.append(f"{part.name} {part.version}: {part.licence}")
        for number, text in enumerate(part.texts):
            ending = f"-{number + 1}" if number else ""
            target = folder / f"{part.name}{ending}.txt"
            target.write_bytes(text.read_bytes())
            lines.append(f"    {target.name}")
    (folder / "licences.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
