"""Every rule of the lists, as one table. Adding a rule is adding an entry to one of the tables it is made of."""

from children.domain.rules.published import PUBLISHED_RULES
from children.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = PUBLISHED_RULES
