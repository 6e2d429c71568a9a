"""Builders of rows and of houses for tests."""
