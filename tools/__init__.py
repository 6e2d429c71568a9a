"""What developers and the Makefile run; nothing of the application imports it."""
