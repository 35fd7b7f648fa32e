"""The internal CA and the certificates it issues."""
