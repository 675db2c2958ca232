"""How a table is protected: which cells it lists, which are unsafe, and which must go with them.

It promises that nobody, neither an outsider nor a school or board that knows its own figures, can bring a hidden unsafe
cell or a known sum of hidden cells closer than the rules allow, over all releases of a school year. It must not know
where figures come from or who reads them: no web, no database, and nothing of the audit that attacks its work.
"""
