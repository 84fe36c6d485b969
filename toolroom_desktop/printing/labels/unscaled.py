"""Tells a PDF's reader to print it in its own size. Qt writes no such wish, so it is added as PDF files are changed."""

from __future__ import annotations

import re

_CATALOG = re.compile(rb"(\d+) 0 obj\s*<<((?:(?!endobj).)*?/Type\s*/Catalog\b(?:(?!endobj).)*?)>>\s*endobj", re.DOTALL)
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)


def without_scaling(pdf: bytes) -> bytes:
    """The file with /PrintScaling /None in its catalog, by an incremental update (ISO 32000-1, 7.5.6 and 12.2).

    Returned as it is where it is not written as Qt writes: then a person sets the scale to 100 % in the print dialog.
    """
    catalog, trailer = _CATALOG.search(pdf), _TRAILER.search(pdf)
    if catalog is None or trailer is None or b"/ViewerPreferences" in catalog[2]:
        return pdf
    at = len(pdf)
    number, entries = catalog[1], catalog[2].rstrip()
    changed = number + b" 0 obj\n<<" + entries + b"\n/ViewerPreferences << /PrintScaling /None >>\n>>\nendobj\n"
    table = b"xref\n%b 1\n%010d 00000 n \ntrailer\n<<%b\n/Prev %b\n>>\nstartxref\n%d\n%%%%EOF\n"
    return pdf + changed + table % (number, at, trailer[1].rstrip(), trailer[2], at + len(changed))
