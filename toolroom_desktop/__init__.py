"""Toolroom Desktop: recognition, custody records and an offline journal for aircraft tool kits."""

__version__ = "0.1.0"
