"""A workbench for one check, and copies of the program's files that a test may damage."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from toolroom_desktop.adapters.vision.detector import OnnxDetector
from toolroom_desktop.bootstrap import open_model
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.selftest.network import watching
from toolroom_desktop.ui import icons


@pytest.fixture(scope="session")
def shipped_detector(tmp_path_factory: pytest.TempPathFactory) -> OnnxDetector:
    """The shipped model, loaded once for every test."""
    return open_model(Settings(), tmp_path_factory.mktemp("nobody"))


@pytest.fixture
def bench(tmp_path: Path, shipped_detector: OnnxDetector) -> Iterator[Workbench]:
    """A workbench whose model is loaded already."""
    folder = tmp_path / "bench"
    folder.mkdir()
    with watching() as network:
        yield Workbench(folder, network, shipped_detector)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's files as a packaged program has them, in a copy that may be damaged."""
    copy = tmp_path / "program"
    shutil.copytree(PROJECT / "resources", copy / "resources", ignore=shutil.ignore_patterns("cutouts"))
    shutil.copytree(PROJECT / "models", copy / "models", ignore=shutil.ignore_patterns("*.pt"))
    monkeypatch.setattr(sys, "_MEIPASS", str(copy), raising=False)
    icons._drawing.cache_clear()
    yield copy
    icons._drawing.cache_clear()
    shutil.rmtree(copy)
