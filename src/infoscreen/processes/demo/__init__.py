"""The demo school of `infoscreen up --demo`: what it has, and how it comes into an installation (`seed.py`)."""
