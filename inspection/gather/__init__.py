"""From the database to values, in a fixed number of queries: one module per noun."""
