"""The visit: the call, the clock, Annex A, the pack.

Takes: the rulebook, documents, lists, and a date.
Decides: every deadline, what is ready and what is not.
Gives: the timetable, approved items, packs, readiness.
"""
