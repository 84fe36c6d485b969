"""What tables tell their delegate besides their texts: a drawing, and a judgement in whose colour the words stand."""

from __future__ import annotations

from PySide6.QtCore import Qt

ICON_ROLE = Qt.ItemDataRole.UserRole + 1
JUDGEMENT_ROLE = Qt.ItemDataRole.UserRole + 2
