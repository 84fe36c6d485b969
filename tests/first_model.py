"""The project's first model, with its manifest and signature: what references were recorded with.

It is small and quick, knows the 11 tools of the reference kit and cannot tell the three screwdrivers apart: a person
is always asked about them. Tests of what an unsure model leads to name it; the program ships another.
"""

from __future__ import annotations

from pathlib import Path

FIRST_MODEL = Path(__file__).parent / "data" / "models" / "kit11_first.json"
"""Its manifest; the model and the signature lie beside it."""
