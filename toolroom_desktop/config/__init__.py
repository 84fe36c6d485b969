"""Typed settings, places on disk, logging and the sentences shown to people."""
