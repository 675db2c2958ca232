"""Speed as ratios, both sides measured in one run: `python -m tests.bench`; figures in docs/performance.md."""
