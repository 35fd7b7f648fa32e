"""What endpoints ask for: the application, who is calling, and a unit of work for a least role.

A `GET` works in a reading transaction, everything else in a writing one that is committed before the answer is sent.
"""

from collections.abc import Callable, Iterator
from typing import Annotated

from fastapi import Depends, Request

from infoscreen.bootstrap import App
from infoscreen.domain.access import Actor, Role
from infoscreen.domain.errors import NotAllowed, NotLoggedIn
from infoscreen.services import users
from infoscreen.services.broker_accounts import client_of_device_token
from infoscreen.services.work import Work

SESSION_COOKIE = "infoscreen_session"
BEARER = "Bearer "
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def application(request: Request) -> App:
    """The application this process was built as."""
    app: App = request.app.state.infoscreen
    return app


CurrentApp = Annotated[App, Depends(application)]


def session_token(request: Request) -> str:
    """The session cookie's content, empty without one."""
    return request.cookies.get(SESSION_COOKIE, "")


SessionToken = Annotated[str, Depends(session_token)]


def caller_address(request: Request) -> str:
    """Where the request comes from; behind a proxy that is trusted (`FORWARDED_ALLOW_IPS`), what that one says."""
    return request.client.host if request.client else ""


CallerAddress = Annotated[str, Depends(caller_address)]


def logged_in(app: CurrentApp, token: SessionToken) -> Actor:
    """Who is calling; raises `NotLoggedIn`."""
    with app.reading() as work:
        login = users.find_login(work, token)
    if login.is_due_for_touch:
        with app.work() as work:
            users.touch_login(work, token)
    return login.actor


CurrentActor = Annotated[Actor, Depends(logged_in)]


def administrator(actor: CurrentActor) -> Actor:
    """Who is calling, at least an admin; for endpoints that open several transactions. Raises `NotAllowed`."""
    if not actor.role.includes(Role.ADMIN):
        raise NotAllowed
    return actor


Administrator = Annotated[Actor, Depends(administrator)]


def calling_device(request: Request, app: CurrentApp) -> str:
    """The uuid of the client whose device token is sent; raises `NotLoggedIn`."""
    authorization = request.headers.get("authorization", "")
    if authorization.startswith(BEARER):
        with app.reading() as work:
            client = client_of_device_token(work, authorization.removeprefix(BEARER))
        if client is not None:
            return client.uuid
    raise NotLoggedIn


CallingDevice = Annotated[str, Depends(calling_device)]


def _work_for(role: Role) -> Callable[[Request, App, Actor], Iterator[Work]]:
    def open_work(request: Request, app: CurrentApp, actor: CurrentActor) -> Iterator[Work]:
        if not actor.role.includes(role):
            raise NotAllowed
        opened = app.reading(actor) if request.method in SAFE_METHODS else app.work(actor)
        with opened as work:
            yield work

    return open_work


# The scope makes the commit come before the answer, not after it.
UserWork = Annotated[Work, Depends(_work_for(Role.USER), scope="function")]
EditorWork = Annotated[Work, Depends(_work_for(Role.EDITOR), scope="function")]
AdminWork = Annotated[Work, Depends(_work_for(Role.ADMIN), scope="function")]
SuperadminWork = Annotated[Work, Depends(_work_for(Role.SUPERADMIN), scope="function")]
