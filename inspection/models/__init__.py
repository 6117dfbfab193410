"""What the visit keeps: one module per noun."""
