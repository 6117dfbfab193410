"""Each change that a person can cause around a visit: one module per noun."""
