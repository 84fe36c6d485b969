"""SQLite through SQLAlchemy: engine, tables, repositories, unit of work, migrations, evidence files."""
