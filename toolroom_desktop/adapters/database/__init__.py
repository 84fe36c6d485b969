"""The local records: one SQLite file with the journal and its projections, and the evidence files beside it."""
