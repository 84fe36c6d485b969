"""Whatever happens to the records, an open case stays open."""
