"""Two people edit one row at the same instant: one of them is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest

from infoscreen.bootstrap import App
from infoscreen.domain.errors import NotFound, StaleVersion
from infoscreen.services import clients, groups
from infoscreen.services.broker_accounts import make_client_account
from infoscreen.services.versions import next_version
from infoscreen.services.work import Work

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
ROUNDS = 10


def at_once(app: App, edit: Callable[[Work], object]) -> list[str]:
    """What two who do the same at the same instant are answered."""
    both = Barrier(2)

    def answer(_: int) -> str:
        both.wait(30)
        try:
            with app.work() as work:
                edit(work)
        except StaleVersion:
            return "stale"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(answer, range(2)))


def test_of_two_edits_of_one_version_of_a_group_one_is_refused(app: App) -> None:
    with app.work() as work:
        group_id = groups.create_group(work, {"name": "Aula"}).id
    for version in range(1, ROUNDS + 1):
        edit = partial(groups.change_group, group_id=group_id, fields={"color": "#112233"}, version=version)
        assert at_once(app, edit) == ["done", "stale"]


def test_of_two_edits_of_one_version_of_a_client_one_is_refused(app: App) -> None:
    with app.work() as work:
        make_client_account(work, UUID)
    for version in range(1, ROUNDS + 1):
        edit = partial(clients.change_client, uuid=UUID, fields={"description": "Aula"}, version=version)
        assert at_once(app, edit) == ["done", "stale"]


def test_a_row_that_was_deleted_meanwhile_is_not_there_any_more(app: App) -> None:
    with app.work() as work:
        group_id = groups.create_group(work, {"name": "Aula"}).id
    with app.reading() as work:
        group = groups.get_group(work, group_id)
        work.session.expunge(group)
    with app.work() as work:
        groups.delete_group(work, group_id, move_to=None)
    with app.work() as work:
        work.session.add(group)
        with pytest.raises(NotFound):
            next_version(work, group, None)
