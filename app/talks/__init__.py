"""The talks that this installation runs: which version, for which school, and every version that ever was.

It loads the conversations with their lock, word lists and rule packs, keeps the last good ones when the files are
broken, archives each version with its texts so that an old report stays readable, adds a school's own parts, and shows
any step to those who write and translate. It must not know an answer of a student, a case, or who wrote anything.
"""
