"""Toolkits as YAML.

Read from the node graph, not from ready Python values: every field keeps its line, and a kit number such as 014 stays
what was typed instead of becoming the octal number 12.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from toolroom_desktop.adapters.files.content import (
    POSITION_FIELDS,
    TOOLKIT_FIELDS,
    Cell,
    Problems,
    RowDraft,
    ToolkitDraft,
    check_text,
)
from toolroom_desktop.domain.errors import BadImportFile
from toolroom_desktop.domain.toolkit import Kit, Toolkit

_NULL = "tag:yaml.org,2002:null"
_KIT_KEYS = {"number": "kit", "code": "code"}


def _compose(text: str, path: str) -> Node | None:
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            # A few lines of aliases can stand for more text than fits into memory.
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise BadImportFile("import.not_yaml", path=path, line=line, reason="an alias (*)")
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BadImportFile("import.not_yaml", path=path, line=line, reason=error.problem or "") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadImportFile("import.not_yaml", path=path, line=line, reason=error.reason) from error
    except RecursionError as error:
        raise BadImportFile("import.not_yaml", path=path, line=1, reason="nested too deeply") from error


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


class _Reader:
    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def drafts(self, root: Node) -> list[ToolkitDraft]:
        keys = self._mapping(root, {"toolkits"}, "file")
        if keys is None:
            return []
        if "toolkits" not in keys:
            self._problems.add(_line(root), "import.key_missing", key="toolkits")
            return []
        drafts = [self._toolkit(node) for node in self._list(keys["toolkits"], "toolkits")]
        return [draft for draft in drafts if draft is not None]

    def _toolkit(self, node: Node) -> ToolkitDraft | None:
        keys = self._mapping(node, {"name", *TOOLKIT_FIELDS, "positions", "kits"}, "toolkit")
        if keys is None:
            return None
        name = self._cell(keys["name"], "name") if "name" in keys else Cell("", _line(node))
        titles = {field: self._cell(keys[field], field).text for field in TOOLKIT_FIELDS if field in keys}
        draft = ToolkitDraft(name, titles)
        for item in self._list(keys.get("positions"), "positions"):
            row = self._row(item, {field: field for field in POSITION_FIELDS}, "position")
            if row is not None:
                draft.positions.append(row)
        for item in self._list(keys.get("kits"), "kits"):
            row = self._row(item, _KIT_KEYS, "kit")
            if row is not None:
                draft.kits.append(row)
        return draft

    def _row(self, node: Node, names: dict[str, str], what: str) -> RowDraft | None:
        keys = self._mapping(node, names, what)
        if keys is None:
            return None
        return RowDraft(_line(node), {names[key]: self._cell(value, key) for key, value in keys.items()})

    def _mapping(self, node: Node, known: Collection[str], what: str) -> dict[str, Node] | None:
        if not isinstance(node, MappingNode):
            self._problems.add(_line(node), "import.not_a_mapping", what=what, keys=", ".join(known))
            return None
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else "?"
            if key not in known:
                self._problems.add(_line(key_node), "import.unknown_key", key=key[:40], known=", ".join(sorted(known)))
            elif key in found:
                self._problems.add(_line(key_node), "import.key_twice", key=key)
            else:
                found[key] = value
        return found

    def _list(self, node: Node | None, key: str) -> list[Node]:
        if node is None or node.tag == _NULL:
            return []
        if not isinstance(node, SequenceNode):
            self._problems.add(_line(node), "import.not_a_list", key=key)
            return []
        return list(node.value)

    def _cell(self, node: Node, key: str) -> Cell:
        if not isinstance(node, ScalarNode):
            self._problems.add(_line(node), "import.not_a_text", key=key)
            return Cell("", _line(node))
        cell = Cell("" if node.tag == _NULL else str(node.value).strip(), _line(node))
        check_text(cell, self._problems)
        return cell


def read_yaml(text: str, path: str, problems: Problems) -> list[ToolkitDraft]:
    """The toolkits of a YAML text; structural errors go to `problems`. Raises `BadImportFile("import.not_yaml")`."""
    root = _compose(text, path)
    return [] if root is None or root.tag == _NULL else _Reader(problems).drafts(root)


def write_yaml(toolkits: Sequence[Toolkit], kits: Sequence[Kit]) -> str:
    """The same as YAML text that `read_yaml` takes."""
    content = {"toolkits": [_toolkit_value(toolkit, kits) for toolkit in toolkits]}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)


def _toolkit_value(toolkit: Toolkit, kits: Sequence[Kit]) -> dict[str, object]:
    value: dict[str, object] = {"name": toolkit.name, "title_ru": toolkit.title_ru, "title_en": toolkit.title_en}
    positions: list[dict[str, object]] = []
    for position in toolkit.positions:
        row: dict[str, object] = {
            "class": position.tool_class,
            "quantity": position.quantity,
            "name_ru": position.name_ru,
            "name_en": position.name_en,
        }
        own = toolkit.thresholds.get(position.tool_class)
        if own is not None:
            row |= {key: share for key, share in (("accept", own.accept), ("review", own.review)) if share is not None}
        positions.append(row)
    value["positions"] = positions
    value["kits"] = [{"number": kit.number, "code": kit.code} for kit in kits if kit.toolkit == toolkit.name]
    return value
