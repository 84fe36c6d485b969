"""What ultralytics writes into the models it exports: class names, task, stride and input size."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from toolroom_desktop.domain.errors import BadModel

LARGEST_SIDE = 4096
"""Pixels; an input size beyond this is a damaged file, not a model for a station."""
_LONGEST_TEXT = 1_000_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of an exported detector.

    names       class names by the index that the model puts out
    stride      the input's sides are multiples of this, pixels
    input_size  (height, width) in pixels, None where the file does not say
    exporter    version of ultralytics that made the file, "" where it does not say
    """

    names: tuple[str, ...]
    stride: int
    input_size: tuple[int, int] | None
    exporter: str


def _literal(texts: Mapping[str, str], key: str) -> object:
    text = texts[key]
    if len(text) > _LONGEST_TEXT:
        raise BadModel("model.metadata_damaged", key=key)
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise BadModel("model.metadata_damaged", key=key) from error


def _names(value: object) -> tuple[str, ...]:
    """Names in the order of their indices; the file may list them in any order ("1, 10, 11, 2")."""
    by_index = dict(enumerate(value)) if isinstance(value, list | tuple) else value
    if (
        not isinstance(by_index, dict)
        or not by_index
        or set(by_index) != set(range(len(by_index)))
        or not all(isinstance(name, str) and name for name in by_index.values())
    ):
        raise BadModel("model.metadata_damaged", key="names")
    return tuple(by_index[index] for index in range(len(by_index)))


def _side(value: object, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST_SIDE:
        raise BadModel("model.metadata_damaged", key=key)
    return value


def _size(value: object) -> tuple[int, int]:
    if isinstance(value, int):
        value = [value, value]
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise BadModel("model.metadata_damaged", key="imgsz")
    return _side(value[0], "imgsz"), _side(value[1], "imgsz")


def names_in(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The class names in the order of the network's answers; raises `BadModel("model.metadata_damaged")`."""
    return _names(_literal(texts, "names"))


def side_in(texts: Mapping[str, str], key: str) -> int:
    """A number of pixels; raises `BadModel("model.metadata_damaged")`."""
    return _side(_literal(texts, key), key)


def read_metadata(texts: Mapping[str, str]) -> Metadata:
    """Read the metadata of a model.

    Raises `BadModel`: model.no_metadata, model.not_a_detector (another task) or model.metadata_damaged.
    """
    if "names" not in texts or "task" not in texts:
        raise BadModel("model.no_metadata")
    if texts["task"] != "detect":
        raise BadModel("model.not_a_detector", task=texts["task"])
    return Metadata(
        names=names_in(texts),
        stride=side_in(texts, "stride") if "stride" in texts else 32,
        input_size=_size(_literal(texts, "imgsz")) if "imgsz" in texts else None,
        exporter=texts.get("version", ""),
    )
