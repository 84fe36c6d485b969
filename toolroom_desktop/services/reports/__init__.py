"""Reports: what the records say of a period, a kit, a tool or a person, as data that any format can show."""
