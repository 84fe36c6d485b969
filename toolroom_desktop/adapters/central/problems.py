"""What TLS and PostgreSQL say, as something that a person can mend."""

from __future__ import annotations

import ssl

from pg8000.exceptions import DatabaseError

from toolroom_desktop.domain.errors import CentreProblem

# SQLSTATE (or its class, two letters) -> sentence.
_CODES = {
    "28P01": "centre.wrong_password",
    "28": "centre.not_let_in",
    "3D000": "centre.no_database",
    "3F000": "centre.not_a_centre",
    "42883": "centre.not_a_centre",
    "42P01": "centre.not_a_centre",
    "42704": "centre.not_a_centre",
    "42501": "centre.missing_rights",
    # Two who changed the same in another order: tried again, it goes through.
    "40": "centre.busy",
    "53100": "centre.disk_full",
    "53": "centre.busy",
    "55P03": "centre.busy",
    "57014": "centre.busy",
    "57": "centre.stopping",
    "25006": "centre.read_only",
    "58": "centre.disk_error",
    "XX001": "centre.disk_error",
    "XX002": "centre.disk_error",
    "08P01": "centre.not_postgresql",
    # Our own.
    "TR001": "centre.not_enrolled",
    "TR002": "centre.other_station",
    "TR003": "centre.enrolled_twice",
    "TR007": "centre.too_much_today",
}


def database_problem(error: DatabaseError, server: str, database: str) -> CentreProblem:
    """What an error of the server means; `centre.failed` with its words for one that nobody foresaw."""
    said = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
    state = str(said.get("C", ""))
    code = _CODES.get(state) or _CODES.get(state[:2]) or "centre.failed"
    reason = f"{state} {said.get('M', error)}".strip()
    return CentreProblem(code, server=server, database=database, reason=reason)


def tls_problem(error: ssl.SSLError, host: str, server: str) -> CentreProblem:
    """What a refused handshake means."""
    if isinstance(error, ssl.SSLCertVerificationError):
        # X509_V_ERR_CERT_HAS_EXPIRED, _NOT_YET_VALID, and the two mismatches of names.
        if error.verify_code in (9, 10):
            return CentreProblem("centre.certificate_expired", server=server)
        if error.verify_code in (62, 64) or "match" in error.verify_message.casefold():
            return CentreProblem("centre.other_host", host=host)
        return CentreProblem("centre.unknown_authority", server=server, reason=error.verify_message)
    return CentreProblem("centre.no_tls", server=server)
