"""Repositories: rows and domain objects side by side, one module for each aggregate."""
