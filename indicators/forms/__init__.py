"""What people type about figures: each form cleans to values and saves nothing."""
