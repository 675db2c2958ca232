"""The schools that take part: what each is called, where it stands, its places, its days off and its start page.

A location of a school (Dutch: vestiging) is known by its vestigingscode, the key of every import. Promises: importing
the same file twice changes nothing; an import never touches what a person decided (alias, places, opening, a confirmed
district); a slug never changes once it stands on a poster; a row that cannot be read is named with its cure. Knows
nothing of people who sign in, nor of what a student tells.
"""
