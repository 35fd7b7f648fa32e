"""The command `infoscreen`: every process and every task of an operator."""

from infoscreen.processes.cli.main import app

__all__ = ["app"]
