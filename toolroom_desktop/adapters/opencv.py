"""The one place that imports OpenCV: ``from toolroom_desktop.adapters.opencv import cv2``.

Its import has side effects on the whole process, which are set right here:

- On Windows, Media Foundation's hardware transforms make a USB camera open in many seconds; OpenCV reads the switch
  when it is loaded, so it is set before the import.
- The Linux package points Qt at the plug-ins and fonts of its own Qt 5, with which PySide6 cannot start; the two
  variables are put back to what they were.
"""

from __future__ import annotations

import os

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT_VARIABLES}

os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")

import cv2  # noqa: E402 - the environment has to be set first

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

__all__ = ["cv2"]
