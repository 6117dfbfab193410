"""Every rule of the lists, as one table. Adding a rule is adding an entry to one of the tables it is made of.

Codes without a letter are the sector's; codes that start with S are ours, numbered like the sector's: S1xx for the
list of EHC plans, S2xx for the list of SEN support.
"""

from children.domain.rules.answers import ANSWER_RULES
from children.domain.rules.codes import CODE_RULES
from children.domain.rules.consistency import CONSISTENCY_RULES
from children.domain.rules.identity import IDENTITY_RULES
from children.domain.rules.published import PUBLISHED_RULES
from children.domain.rules.rule import Rule

RULES: tuple[Rule, ...] = (*PUBLISHED_RULES, *IDENTITY_RULES, *CODE_RULES, *CONSISTENCY_RULES, *ANSWER_RULES)
