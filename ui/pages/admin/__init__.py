"""Quản trị: what this machine needs from time to time, each matter a card with its own keys.

A card is an `AdminCard`; `cards.py` lists them in the order in which they stand. A new matter is one file and one
line there: the page binds its keys, refreshes it when something changes, and asks nothing else of it.
"""
