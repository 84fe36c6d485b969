"""Cameras: watched, lost, found again, and replayed."""
