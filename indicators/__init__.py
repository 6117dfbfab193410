"""Figures that are published about areas.

Takes: the national list of areas and their statistical neighbours.
Decides: which area has which region and neighbours.
Gives: areas to choose from and to compare with.
"""
