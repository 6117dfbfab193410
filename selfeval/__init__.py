"""How good the partnership is, in its own judgement, and where it is thin.

Takes: evidence, figures, plans; what system leads, partners, members and families write.
Decides: which claims have proof, which criteria would be challenged first, who may see what and when.
Gives: a dated self-evaluation, its pages, frozen versions that members and reports read, replies to every comment.
"""
