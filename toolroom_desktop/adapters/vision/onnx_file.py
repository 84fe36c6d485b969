"""Looks into an ONNX file without loading it: does it need anything from outside itself?

A model that is loaded from bytes may still name other files for its weights, and ONNX Runtime would look for them in
the current folder; and it may use operators of a plug-in. Both are found here by walking the protobuf wire format
(field numbers of onnx.proto3, ONNX 1.x), so that no ONNX package has to be shipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

OWN_DOMAINS = frozenset({"", "ai.onnx", "ai.onnx.ml", "com.microsoft"})
"""Operator domains that ONNX Runtime itself brings; quantised models use the last one."""

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_DEEPEST = 32


class NotOnnx(ValueError):
    """The bytes are not an ONNX model."""


@dataclass(slots=True)
class OnnxNeeds:
    """What a model needs from outside. `operators` are ``domain::name`` of operators that ONNX Runtime lacks."""

    external_data: bool = False
    operators: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Findings:
    nodes: int = 0
    external_data: bool = False
    used: set[tuple[str, str]] = field(default_factory=set)
    defined: set[tuple[str, str]] = field(default_factory=set)


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise NotOnnx("a number runs over the end")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """The fields of one message: number with value, a varint as int, the rest as bytes."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield number, value
            continue
        if kind == _BYTES:
            size, at = _varint(data, at)
        elif kind == _FIXED64:
            size = 8
        elif kind == _FIXED32:
            size = 4
        else:
            raise NotOnnx(f"field kind {kind}")
        if number == 0 or at + size > len(data):
            raise NotOnnx("a field runs over the end")
        yield number, data[at : at + size]
        at += size


def _message(value: int | memoryview) -> memoryview:
    if isinstance(value, int):
        raise NotOnnx("a number where a message belongs")
    return value


def _text(value: int | memoryview) -> str:
    return bytes(_message(value)).decode("utf-8", "replace")


def _tensor(data: memoryview, found: _Findings) -> None:
    for number, value in _fields(data):
        if number == 13 or (number == 14 and value == 1):  # external_data, data_location = EXTERNAL
            found.external_data = True


def _attribute(data: memoryview, found: _Findings, depth: int) -> None:
    for number, value in _fields(data):
        if number in (5, 10):  # t, tensors
            _tensor(_message(value), found)
        elif number in (6, 11):  # g, graphs
            _graph(_message(value), found, depth + 1)
        elif number in (22, 23):  # sparse_tensor, sparse_tensors
            _sparse(_message(value), found)


def _sparse(data: memoryview, found: _Findings) -> None:
    for number, value in _fields(data):
        if number in (1, 2):  # values, indices
            _tensor(_message(value), found)


def _node(data: memoryview, found: _Findings, depth: int) -> None:
    name = domain = ""
    for number, value in _fields(data):
        if number == 4:
            name = _text(value)
        elif number == 7:
            domain = _text(value)
        elif number == 5:
            _attribute(_message(value), found, depth)
    found.nodes += 1
    found.used.add((domain, name))


def _graph(data: memoryview, found: _Findings, depth: int) -> None:
    if depth > _DEEPEST:
        raise NotOnnx("graphs within graphs without end")
    for number, value in _fields(data):
        if number == 1:
            _node(_message(value), found, depth)
        elif number == 5:
            _tensor(_message(value), found)
        elif number == 15:
            _sparse(_message(value), found)


def _function(data: memoryview, found: _Findings) -> None:
    name = domain = ""
    for number, value in _fields(data):
        if number == 1:
            name = _text(value)
        elif number == 10:
            domain = _text(value)
        elif number == 7:
            _node(_message(value), found, depth=1)
    found.defined.add((domain, name))


def needs_of(content: bytes) -> OnnxNeeds:
    """What the model in `content` needs from outside; raises `NotOnnx` for bytes that are no ONNX model."""
    found = _Findings()
    for number, value in _fields(memoryview(content)):
        if number == 7:  # graph
            _graph(_message(value), found, depth=0)
        elif number == 25:  # functions
            _function(_message(value), found)
    if not found.nodes:
        raise NotOnnx("no graph")
    foreign = {f"{domain}::{name}" for domain, name in found.used - found.defined if domain not in OWN_DOMAINS}
    return OnnxNeeds(found.external_data, foreign)
