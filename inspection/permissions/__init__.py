"""May this person do that around a visit, and if not, why not: one module per noun."""
