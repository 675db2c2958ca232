"""Speed as ratios, both sides measured in one run: `python -m tests.bench`; the figures stand in docs/performance.md."""
