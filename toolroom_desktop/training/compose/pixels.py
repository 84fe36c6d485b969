"""What a cut-out's pixels are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
SOLID = 128
"""Alpha from which a pixel belongs to the thing."""
