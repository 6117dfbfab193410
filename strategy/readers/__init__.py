"""Files → values: the strategy of a folder, of a workbook, of a Word table."""
