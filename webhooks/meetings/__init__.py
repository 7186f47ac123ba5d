"""Where people meet online: one module for each provider, and the page at the door."""
