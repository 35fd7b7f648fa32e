"""`/api/auth`: login by session cookie."""

from typing import Any

from fastapi import APIRouter, Response

from infoscreen.domain.errors import WrongCredentials
from infoscreen.domain.logins import SESSION_IDLE
from infoscreen.processes.api.deps import SESSION_COOKIE, CallerAddress, CurrentApp, SessionToken, UserWork
from infoscreen.processes.api.schemas.auth import ChangePasswordRequest, LoggedInUser, LoginAnswer, LoginRequest
from infoscreen.processes.api.schemas.base import Problem, Success
from infoscreen.services import users

router = APIRouter(prefix="/api/auth", tags=["auth"])

TOO_MANY: dict[int | str, dict[str, Any]] = {429: {"model": Problem, "description": "Too many logins"}}


@router.post("/login", responses=TOO_MANY)
def log_in(
    request: LoginRequest, response: Response, app: CurrentApp, old_token: SessionToken, address: CallerAddress
) -> LoginAnswer:
    """Log in; sets the session cookie. A locked account is answered like a wrong password.

    An address may try 20 times a minute.
    """
    with app.work() as work:
        users.note_attempt(work, address)
    with app.reading() as work:
        hashed = users.password_hash_of(work, request.username)
    is_right = app.ports.passwords.verify(hashed, request.password)
    with app.work() as work:
        users.log_out(work, old_token)
        login = users.log_in(work, request.username, password_is_right=is_right)
    if login is None:
        raise WrongCredentials
    user, token = login
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(SESSION_IDLE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=app.config.http.secure_cookies,
    )
    return LoginAnswer(user=LoggedInUser.model_validate(user))


@router.post("/logout")
def log_out(response: Response, app: CurrentApp, token: SessionToken) -> Success:
    """Log out; harmless when nobody is logged in."""
    with app.work() as work:
        users.log_out(work, token)
    response.delete_cookie(SESSION_COOKIE)
    return Success()


@router.get("/me")
def me(work: UserWork) -> LoginAnswer:
    """Who is logged in."""
    return LoginAnswer(user=LoggedInUser.model_validate(users.me(work)))


@router.put("/change-password")
def change_password(request: ChangePasswordRequest, work: UserWork, token: SessionToken) -> Success:
    """Change the own password; other sessions of the person end."""
    users.change_own_password(work, request.current_password, request.new_password, token)
    return Success()
