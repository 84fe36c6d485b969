"""Alembic's entry: the connection and its transaction are the caller's (`migrate.py`)."""

from __future__ import annotations

from alembic import context

from toolroom_desktop.adapters.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
