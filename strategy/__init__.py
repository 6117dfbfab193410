"""What the partnership plans, and whether it works.

Takes: the strategy as a folder's file, a workbook or a Word table; what people write on its pages.
Decides: which measures measure, which statements disagree, what stands on a board's agenda.
Gives: the strategy on one screen, priorities with aims, actions and measures, boards and their papers, findings.
"""
