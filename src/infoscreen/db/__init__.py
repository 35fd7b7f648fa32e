"""Tables and queries, a feature per file: the only SQL of the product."""
