"""Migrations of the database, for SQLite and PostgreSQL alike."""
