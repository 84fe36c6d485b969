"""Whatever the installed program reads beside its code comes along with it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from installer.frozen_files import DEMO, MODEL, data_files
from installer.places import SOURCE

STAYS_BEHIND = {
    "demo": "the cut-outs are for learning; the station shows the tables",
    "fonts": "",
    "i18n": "",
    "icons": "",
    "keys": "",
    "messages": "",
    "selftest": "",
}


def test_every_folder_of_resources_comes_along_or_is_known_to_stay_behind() -> None:
    packed = {PurePosixPath(place).parts[1] for _, place in data_files(SOURCE) if place.startswith("resources/")}
    there = {path.name for path in (SOURCE / "resources").iterdir()}
    assert packed == there == set(STAYS_BEHIND)
    assert {place for _, place in data_files(SOURCE) if place.startswith("resources/demo")} == {DEMO}


def test_each_file_keeps_its_place() -> None:
    for file, place in data_files(SOURCE):
        assert Path(file).is_file()
        assert Path(file) == SOURCE / place / Path(file).name


def test_the_model_comes_with_its_signature_and_without_the_weights_for_learning() -> None:
    models = {Path(file).name for file, place in data_files(SOURCE) if place == "models"}
    assert models == set(MODEL)
    assert {"kit11.onnx", "kit11.sig", "kit11.json"} <= models


def test_every_step_of_the_schema_comes_along() -> None:
    steps = SOURCE / "toolroom_desktop" / "adapters" / "database" / "migrations" / "versions"
    packed = {Path(file) for file, _ in data_files(SOURCE)}
    assert set(steps.glob("v*.py")) <= packed
    assert steps.parent / "env.py" in packed
    centre = SOURCE / "toolroom_desktop" / "adapters" / "central" / "sql"
    assert {path.name for path in centre.iterdir()} >= {"0001_first.sql", "functions.sql"}
    assert set(centre.iterdir()) <= packed


def test_sources_of_translations_and_compiled_code_stay_behind(tmp_path: Path) -> None:
    assert not [file for file, _ in data_files(SOURCE) if file.endswith((".ts", ".pyc"))]
    for folder in ("resources/fonts/__pycache__", "resources/i18n"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "resources/fonts/__pycache__/x.pyc").touch()
    (tmp_path / "resources/i18n/toolroom_ru.ts").touch()
    (tmp_path / "resources/i18n/toolroom_ru.qm").touch()
    found = {PurePosixPath(file).name for file, place in data_files(tmp_path) if place.startswith("resources")}
    assert found == {"toolroom_ru.qm"}


@pytest.mark.parametrize("name", ["toolroom_desktop_entry.py", "toolroom_entry.py"])
def test_both_programs_begin_where_the_spec_says(name: str) -> None:
    assert (SOURCE / "installer" / "programs" / name).is_file()
    assert name in (SOURCE / "installer" / "toolroom.spec").read_text(encoding="utf-8")
