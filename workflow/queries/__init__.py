"""Reads shaped for a screen, a report or the API."""
