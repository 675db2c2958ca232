"""Languages: which there are, which one a person reads, and every text, date and number in it.

It promises that a text is never empty or half-translated (a gap shows the Dutch source text), that plural forms are
those of CLDR, and that the catalogues in `translations/` can be checked and updated by one command. It must not know
who reads, what any text is for, the web framework or the database: callers pass a header or a tag and get text.
"""
