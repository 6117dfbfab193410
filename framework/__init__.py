"""What is published: criteria, request items, timetable, outcomes.

Takes: `fixtures/frameworks/*.yaml` and edits on the admin site.
Decides: whether a rulebook is whole, and what differs between two.
Gives: dated reference data, read by every app above.
"""
