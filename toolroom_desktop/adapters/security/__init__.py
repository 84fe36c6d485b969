"""PINs, keys and time."""
