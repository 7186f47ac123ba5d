"""The database: engine, tables, rows and migrations; the only place with SQLAlchemy beside core.jobs."""
