"""Who acts.

Takes: sign-ins, invitations, dated role assignments.
Decides: what a person may do on a day, and why not.
Gives: users, permissions, refusals with a reason, the audit trail, the mail outbox, the value type `Finding`.
"""
