"""Evidence: what shows how things are.

Takes: files, links and texts with what they show, what period they cover and whom they come from.
Decides: which revision of an item stands approved.
Gives: numbered items with points of the criteria, to plans, self-evaluation and the visit.
"""
