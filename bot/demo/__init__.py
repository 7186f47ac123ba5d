"""The demo practice and the people who play it in the sandbox."""
