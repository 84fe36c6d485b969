"""Photos of stations as the centre's administrator gets them."""

from __future__ import annotations

import hashlib

from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.domain.errors import BadInput, CentreProblem

_FIND = """
SELECT e.site_id, s.name FROM toolroom.evidence AS e LEFT JOIN toolroom.site AS s USING (site_id)
WHERE e.sha256 = :name AND e.complete_at IS NOT NULL ORDER BY e.complete_at
"""
_READ = """
SELECT string_agg(c.data, '' ORDER BY c.at_byte) FROM toolroom.evidence_chunk AS c
WHERE c.site_id = :site AND c.sha256 = :name
"""


def fetch_photo(server: Server, sha256: str) -> tuple[bytes, tuple[str, ...]]:
    """A photo as JPEG bytes, and the names of the sites that sent it.

    Raises `BadInput("centre.photo_unknown")`, and `CentreProblem("centre.photo_damaged")` where no copy fits its name.
    """
    server.run("SET ROLE toolroom_owner")
    found = server.run(_FIND, name=sha256)
    if not found:
        raise BadInput("centre.photo_unknown", sha256=sha256)
    for site_id, _ in found:
        content = server.run(_READ, site=site_id, name=sha256)[0][0]
        if content is not None and hashlib.sha256(content).hexdigest() == sha256:
            return bytes(content), tuple(str(name or site) for site, name in found)
    raise CentreProblem("centre.photo_damaged", sha256=sha256)
