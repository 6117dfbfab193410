"""What people type, cleaned to domain types: one module per noun."""
