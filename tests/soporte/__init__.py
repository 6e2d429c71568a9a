"""Set-up of the tests: databases that are cheap to make and clean."""
