"""Logging in."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest

Password = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class LoginRequest(ApiRequest):
    username: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    password: Password


class ChangePasswordRequest(ApiRequest):
    current_password: Password
    new_password: Password


class LoggedInUser(ApiModel):
    id: int
    username: str
    role: Literal["user", "editor", "admin", "superadmin"]


class LoginAnswer(ApiModel):
    user: LoggedInUser
