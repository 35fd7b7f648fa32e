"""Use cases: a verb per function, first argument `work: Work`. They decide what happens; rules are in `domain`."""
