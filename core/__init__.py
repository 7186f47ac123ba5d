"""The hub: rules, storage and use cases of Confer; it knows no spoke."""
