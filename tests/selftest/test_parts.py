"""A part that cannot be loaded is named, and so is what a package must not carry."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.selftest import imports
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.doctor import Grade


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small program of two modules."""
    folder = tmp_path / "modules" / "small_program"
    (folder / "inner").mkdir(parents=True)
    for name in ("__init__.py", "good.py", "inner/__init__.py", "inner/deep.py"):
        (folder / name).write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(folder.parent)
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        if name.startswith("small_program"):
            del sys.modules[name]


def test_every_part_of_the_program_can_be_loaded(bench: Workbench) -> None:
    check = imports.look(bench)
    assert check.grade is Grade.GOOD
    assert check.facts["modules"] > 150


def test_what_only_a_training_machine_has_is_left_out() -> None:
    names = list(imports.modules_of("toolroom_desktop"))
    assert "toolroom_desktop.selftest.imports" in names
    assert not [name for name in names if name.startswith(imports.LEFT_OUT)]
    assert not [name for name in ("bpy", "torch", "ultralytics") if name in sys.modules]


def test_a_module_that_fails_is_named_with_its_reason(bench: Workbench, package: Path) -> None:
    assert imports.look(bench, package="small_program", late=()).facts["modules"] == 4
    (package / "inner" / "broken.py").write_text("import a_library_that_was_forgotten", encoding="utf-8")
    with pytest.raises(BadProgram) as caught:
        imports.look(bench, package="small_program", late=())
    assert caught.value.code == "selftest.imports_failed"
    assert "small_program.inner.broken" in str(caught.value.details["listed"])
    assert "a_library_that_was_forgotten" in str(caught.value.details["listed"])


def test_a_package_that_fails_itself_is_named(bench: Workbench, package: Path) -> None:
    (package / "inner" / "__init__.py").write_text("1 / 0", encoding="utf-8")
    with pytest.raises(BadProgram) as caught:
        imports.look(bench, package="small_program", late=())
    assert "small_program.inner (ZeroDivisionError" in str(caught.value.details["listed"])


def test_what_is_loaded_by_name_only_is_tried_too(bench: Workbench, package: Path) -> None:
    with pytest.raises(BadProgram) as caught:
        imports.look(bench, package="small_program", late=("alembic.no_such_part",))
    assert "alembic.no_such_part" in str(caught.value.details["listed"])


@pytest.mark.parametrize("frozen", [True, False])
def test_a_package_must_not_carry_what_training_needs_and_a_source_tree_may(
    bench: Workbench, package: Path, frozen: bool
) -> None:
    def look() -> None:
        imports.look(bench, package="small_program", late=(), unwanted=("no_such_library", "json"), frozen=frozen)

    if not frozen:
        look()
        return
    with pytest.raises(BadProgram) as caught:
        look()
    assert caught.value.code == "selftest.imports_unwanted"
    assert caught.value.details["listed"] == "json"
