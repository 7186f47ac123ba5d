"""Use cases: one method, one transaction, one recorded event."""
