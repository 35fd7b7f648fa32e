"""Accounts that a person makes on a broker of its own: what each may do, and what is refused."""

import pytest

from infoscreen.bootstrap import App
from infoscreen.db.broker_accounts import BrokerAccount
from infoscreen.domain.broker_accounts import canary_uuid, password_fits
from infoscreen.domain.errors import Invalid, NotFound
from infoscreen.services import broker_accounts, server_accounts
from infoscreen.services.server_accounts import AccountNameTaken
from infoscreen_wire.access import Actor, device_rules, server_rules

CANARY = "infoscreen-canary"
SCREEN = "9b8d1856-ff34-4864-a726-12de072d0f77"


def add(app: App, username: str) -> str:
    with app.work() as work:
        return server_accounts.add_account(work, username, CANARY)


@pytest.mark.parametrize(
    ("username", "actor"),
    [
        ("infoscreen-server-listener-2", Actor.LISTENER),
        ("infoscreen-server-health-1", Actor.HEALTH),
        ("infoscreen-monitor-1", Actor.MONITOR),
    ],
)
def test_the_name_says_whose_rules_an_account_has(username: str, actor: Actor, app: App) -> None:
    password = add(app, username)
    with app.reading() as work:
        (grant,) = broker_accounts.grants(work)
    assert (grant.username, grant.rules) == (username, server_rules(actor))
    assert password_fits(password, grant.password_hash)
    assert len(password) >= 32


def test_the_canary_has_the_rights_of_a_screen_that_does_not_exist(app: App) -> None:
    add(app, CANARY)
    with app.reading() as work:
        (grant,) = broker_accounts.grants(work)
    assert grant.rules == device_rules(canary_uuid(CANARY), None)


@pytest.mark.parametrize(
    "username", ["someone", "infoscreen-server-1", "infoscreen-server-root-1", "infoscreen-client-9b8d1856", "", "a\nb"]
)
def test_a_name_that_says_no_actor_is_refused(username: str, app: App) -> None:
    with pytest.raises(Invalid):
        add(app, username)


def test_an_account_is_made_once(app: App) -> None:
    add(app, "infoscreen-monitor-1")
    with pytest.raises(AccountNameTaken):
        add(app, "infoscreen-monitor-1")


def test_a_renewed_password_replaces_the_one_before(app: App) -> None:
    old = add(app, "infoscreen-monitor-1")
    with app.work() as work:
        new = server_accounts.renew_account(work, "infoscreen-monitor-1")
    with app.reading() as work:
        hashed = work.session.get_one(BrokerAccount, "infoscreen-monitor-1").password_hash
    assert (password_fits(old, hashed), password_fits(new, hashed)) == (False, True)


def test_a_revoked_account_is_gone_and_every_change_is_wanted_on_the_broker(app: App) -> None:
    add(app, "infoscreen-monitor-1")
    with app.reading() as work:
        before, _applied = broker_accounts.sync_state(work)
    with app.work() as work:
        server_accounts.revoke_account(work, "infoscreen-monitor-1")
    with app.reading() as work:
        assert broker_accounts.grants(work) == []
        assert broker_accounts.sync_state(work)[0] == before + 1


def test_accounts_of_screens_are_not_touched_here(app: App) -> None:
    with app.work() as work:
        screen = broker_accounts.make_client_account(work, SCREEN)
    for change in (server_accounts.renew_account, server_accounts.revoke_account):
        with pytest.raises(NotFound), app.work() as work:
            change(work, screen.username)
