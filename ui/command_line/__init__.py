"""The small command line for the IT person, support and scripts.

One JSON object on stdout; exit 0 when the answer is good, 1 when it is a refusal, 2 for wrong use. No Qt is
imported here. A TEXT of `-` is read from stdin as UTF-8.
"""
