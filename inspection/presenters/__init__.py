"""Values turned into page words: one module per noun."""
