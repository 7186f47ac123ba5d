"""Values and rules of the practice, in the standard library alone."""
