"""Every change that a person can cause: one module per noun."""
