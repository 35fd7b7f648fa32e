"""One technology per file, each behind a port of `services/ports.py`."""
