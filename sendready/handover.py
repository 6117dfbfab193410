"""What people own in every app, and how it passes on when somebody leaves."""

from accounts.handover import HandoverKind

HANDOVER: tuple[HandoverKind, ...] = ()
