"""Finds in a text what could tell who wrote it, and proposes something vaguer.

It promises that a proposal never tells more than what it replaces, and that nothing of the check is kept: text in,
findings out. It must not know pages, tables, cases or schools beyond the few numbers and names it is given.
"""
