"""Person-level rows of children and young people; every view and export is logged.

Takes: workbooks in a published layout.
Decides: what is wrong in which sheet, row and column.
Gives: rows, findings, totals, the person-level workbook.
"""
