"""The strategy as sheets: what a workbook holds, how its cells are read, and what would change."""
