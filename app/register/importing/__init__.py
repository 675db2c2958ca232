"""Reads what a school's own system exports, and turns rows into codes.

It promises to refuse whatever looks like a person, to name faults by row and column and never by what stands there, and
to keep nothing. It must not know the web, the database, or what becomes of the codes.
"""
