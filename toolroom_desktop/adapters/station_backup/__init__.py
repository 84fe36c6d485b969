"""The whole station in one file, and back again."""
