"""The records of all stations: a database of their own beside the station's, made of the entries of every journal."""
