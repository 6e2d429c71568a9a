"""The demonstration: an organisation with fictitious people and cases made by the real actions."""
