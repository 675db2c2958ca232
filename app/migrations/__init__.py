"""Alembic migrations for SQLite and PostgreSQL; imports every feature's models and nothing else of them."""
