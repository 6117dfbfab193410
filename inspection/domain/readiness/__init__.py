"""What is ready and what is not: small pure checks over gathered facts, never a score.

Each module (items, lists, people, clock, packs, protections) has one frozen facts class and one table `CHECKS`.
`report` runs every table once and puts the findings under the deadline that each threatens.
"""
