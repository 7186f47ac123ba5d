"""The outside world in the core's words."""
