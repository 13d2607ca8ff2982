"""Reports: what they count and how a counted table looks. Counting itself is done where the book lies.

`table` is the shape of every report; each other module is one report's own rules.
"""
