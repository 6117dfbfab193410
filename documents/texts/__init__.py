"""The text inside a file, for finding it again and for a first look.

Takes: a stored file that is not in the vault. Decides: how much of it is read, and when to give up. Gives: its words,
and what came of it. The reading runs in a process of its own with little memory and time: a file that breaks a reader
breaks nothing else. So this package imports nothing at its top.
"""
