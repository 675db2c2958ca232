"""Prints how much of the golden tables is found: `python -m tests.recognition`, with `-v` also what goes wrong.

*Wanted* counts findings whose kind, place and proposal are all as the table says. The rules were written with the plain
tables; the kept-out ones were written first and never looked at while tuning, so they say what to expect elsewhere.
"""

import sys

from tests.recognition.golden_tables import TABLES, figures, found_in, released_packs, table


def main() -> None:
    packs = released_packs()
    print(f"{'table':12} {'sentences':>9} {'wanted':>7} {'found':>6} {'unwanted':>9}")
    for name in TABLES:
        counted = figures(name, packs)
        share = counted.found / counted.wanted
        print(f"{name:12} {counted.sentences:9} {counted.wanted:7} {share:6.0%} {counted.unwanted:9}")
    for name in TABLES if "-v" in sys.argv else ():
        for sentence in table(name):
            found = found_in(sentence, packs)
            if found != sentence.wanted:
                print(f"\n{name}: {sentence.text}\n  wanted {sentence.wanted}\n  found  {found}")


if __name__ == "__main__":
    main()
