"""The web side: the HTTP server and the facts that come in over it."""
