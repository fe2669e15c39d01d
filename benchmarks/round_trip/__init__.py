"""A clean manuscript is set on pages, scanned badly, cleaned by quire, and compared with itself.

    .venv/bin/python -m benchmarks.round_trip --help

* `document`: what a manuscript says, free of any form: the truth, and what a cleaner made of it.
* `recipe`: which defects, how many, and how the pages look, drawn by a seed.
* `characters`, `setting`, `furniture`, `layouts`: the way from a manuscript to a messy text.
* `scores`, `differences`: how far the cleaned text is from the truth, as figures and as a list.
"""
