"""A file or package per process: each reads the clock and translates between its world and the services."""
