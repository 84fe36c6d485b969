"""What the setting "camera" means, and how it is shown without its password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from toolroom_desktop.domain.errors import BadInput

_NETWORK_SCHEMES = ("rtsp", "rtsps", "http", "https")

# Up to the last @, because people write passwords with / and @ in them just as they are.
_PASSWORD = re.compile(r"(?<=://)([^:@/]*):.*@", re.DOTALL)
_SECRET_PARAMETER = re.compile(r"([?&][^=&]*(?:pass|pwd|token|auth|key|secret)[^=&]*=)[^&]*", re.IGNORECASE)


def mask_password(text: str) -> str:
    """The text of a URL with ``***`` for its password and for parameters that look like one."""
    return _SECRET_PARAMETER.sub(r"\1***", _PASSWORD.sub(r"\1:***@", text))


@dataclass(frozen=True, slots=True)
class UsbSource:
    """A camera of this machine by its index, from 0."""

    index: int

    def __str__(self) -> str:
        return f"usb:{self.index}"


@dataclass(frozen=True, slots=True, repr=False)
class UrlSource:
    """A camera of the network. Its text is always masked; `url` itself is for the driver only."""

    url: str

    def __str__(self) -> str:
        return mask_password(self.url)

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class ReplaySource:
    """A photo, a folder of photos or a video instead of a camera."""

    path: Path

    def __str__(self) -> str:
        return f"replay:{self.path}"


def parse_source(text: str) -> UsbSource | UrlSource | ReplaySource:
    """The meaning of "usb:0", "rtsp://...", "http://..." or "replay:PATH".

    Raises `BadInput("camera.bad_source")` for anything else.
    """
    given = text.strip()
    scheme, _, rest = given.partition(":")
    scheme = scheme.casefold()
    if scheme == "usb" and rest.isascii() and rest.isdigit() and len(rest) <= 3:
        return UsbSource(int(rest))
    if scheme == "replay" and rest.strip():
        return ReplaySource(Path(rest.strip()).expanduser())
    if scheme in _NETWORK_SCHEMES and _has_host(given):
        return UrlSource(given)
    raise BadInput("camera.bad_source", source=mask_password(given))


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:  # such as an unclosed bracket of an IPv6 address
        return False
