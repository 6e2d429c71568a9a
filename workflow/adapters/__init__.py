"""The outside world, each part with a local stand-in."""
