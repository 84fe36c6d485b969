"""Cutting a single tool out of a photo, with OpenCV and numpy alone."""
