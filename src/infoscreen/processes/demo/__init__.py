"""The demo school of `infoscreen up --demo`: `school.py` is its content, `seed.py` brings it into an installation."""
