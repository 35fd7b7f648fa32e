"""`python -m infoscreen` is the command `infoscreen`."""

from infoscreen.processes.cli import app

app(prog_name="infoscreen")
