"""The centre: a PostgreSQL that stations push to, seen from a station and from its administrator."""
