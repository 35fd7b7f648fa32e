"""Accounts of the broker in the database: names, secrets, what the broker is told, and that it is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from brokers import Installation
from infoscreen.bootstrap import App
from infoscreen.db.broker_accounts import BrokerAccount, all_accounts
from infoscreen.db.clients import Client
from infoscreen.db.schema import METADATA
from infoscreen.domain.broker_accounts import client_username, password_fits
from infoscreen.domain.errors import Invalid, NotFound
from infoscreen.services import broker_accounts, clients
from infoscreen.services.broker_accounts import BrokerAccountExists
from infoscreen_wire.access import Actor as BrokerActor
from infoscreen_wire.access import device_rules, server_rules

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"


@pytest.fixture
def installation(app: App) -> Installation:
    made = Installation(app, app.config.broker.port)
    made.add_groups(10)
    return made


def wanted(installation: Installation) -> int:
    with installation.app.reading() as work:
        return broker_accounts.sync_state(work)[0]


def everything_in_the_database(installation: Installation) -> str:
    with installation.app.reading() as work:
        tables = {table.name: work.session.execute(select(table)).all() for table in METADATA.sorted_tables}
    return repr(tables)


def revoke(installation: Installation, uuid: str) -> None:
    with installation.app.work() as work:
        broker_accounts.revoke_client_account(work, uuid)


def test_an_account_is_named_after_the_client(installation: Installation) -> None:
    assert installation.add_device(UUID).username == "infoscreen-client-9b8d1856"


def test_clients_whose_uuids_begin_alike_get_longer_names(installation: Installation) -> None:
    alike = [
        "9b8d1856-ff34-4864-a726-12de072d0f77",
        "9b8d1856-ff35-4864-a726-12de072d0f77",
        "9b8d1856-ff35-4864-a726-12de072d0f78",
    ]
    assert [installation.add_device(uuid).username for uuid in alike] == [
        "infoscreen-client-9b8d1856",
        "infoscreen-client-9b8d1856-f",
        "infoscreen-client-9b8d1856-ff",
    ]


def test_even_uuids_that_differ_in_the_last_character_only_have_names_of_their_own() -> None:
    taken = {f"infoscreen-client-{UUID[:length]}" for length in range(8, 36)}
    assert client_username(UUID, taken) == f"infoscreen-client-{UUID}"


def test_secrets_are_long_random_and_nowhere_in_the_database(installation: Installation) -> None:
    made = installation.add_device(UUID)
    assert len(made.password) >= 20
    assert len(made.device_token) >= 32
    kept = everything_in_the_database(installation)
    assert made.username in kept
    assert made.password not in kept
    assert made.device_token not in kept


def test_the_broker_is_told_a_hash_that_fits_the_password_only(installation: Installation) -> None:
    made = installation.add_device(UUID)
    with installation.app.reading() as work:
        (grant,) = broker_accounts.grants(work)
    assert password_fits(made.password, grant.password_hash)
    assert not password_fits("another", grant.password_hash)


def test_a_uuid_that_was_never_seen_becomes_a_client_without_a_group(installation: Installation) -> None:
    installation.add_device(UUID.upper())
    with installation.app.reading() as work:
        client = clients.get_client(work, UUID)
        assert (client.group_id, client.state.last_alive, client.is_active) == (1, None, True)


def test_a_client_that_is_known_keeps_what_it_is(installation: Installation) -> None:
    installation.add_device(UUID, 10)
    revoke(installation, UUID)
    installation.add_device(UUID)
    with installation.app.reading() as work:
        assert clients.get_client(work, UUID).group_id == 10


@pytest.mark.parametrize("uuid", ["", "9b8d1856", f"{UUID}\n", f"{UUID}\ntopic readwrite #", "+" * 36, f"{UUID}/#"])
def test_what_is_no_uuid_gets_no_account(uuid: str, installation: Installation) -> None:
    with pytest.raises(Invalid), installation.app.work() as work:
        broker_accounts.make_client_account(work, uuid)


def test_a_client_has_one_account(installation: Installation) -> None:
    first = installation.add_device(UUID)
    with pytest.raises(BrokerAccountExists):
        installation.add_device(UUID)
    with installation.app.reading() as work:
        assert password_fits(first.password, work.session.get_one(BrokerAccount, first.username).password_hash)


def test_asking_twice_at_the_same_moment_makes_one_account(installation: Installation) -> None:
    def try_to_make(_: int) -> bool:
        try:
            return bool(installation.add_device(UUID).password)
        except BrokerAccountExists:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(try_to_make, range(4))) == [False, False, False, True]


def test_a_device_token_names_its_client_until_the_account_is_revoked(installation: Installation) -> None:
    made = installation.add_device(UUID)

    def client_of(token: str) -> str | None:
        with installation.app.reading() as work:
            client = broker_accounts.client_of_device_token(work, token)
            return client.uuid if client else None

    assert client_of(made.device_token) == UUID
    assert client_of(made.password) is None
    assert client_of("") is None
    revoke(installation, UUID)
    assert client_of(made.device_token) is None


def test_revoking_an_account_that_is_not_there_says_so(installation: Installation) -> None:
    with pytest.raises(NotFound):
        revoke(installation, UUID)


def test_a_deleted_client_has_no_account(installation: Installation) -> None:
    installation.add_device(UUID)
    with installation.app.work() as work:
        work.session.delete(work.session.get_one(Client, UUID))
    with installation.app.reading() as work:
        assert not all_accounts(work.session)


def test_every_change_asks_the_broker_to_follow(installation: Installation) -> None:
    before = wanted(installation)
    installation.add_device(UUID)
    made = wanted(installation)
    revoke(installation, UUID)
    assert before < made < wanted(installation)


def test_a_device_has_the_rules_of_its_present_group(installation: Installation) -> None:
    installation.add_device(UUID)
    with installation.app.reading() as work:
        assert [grant.rules for grant in broker_accounts.grants(work)] == [device_rules(UUID, 1)]
    installation.move_device(UUID, 10)
    with installation.app.reading() as work:
        assert [grant.rules for grant in broker_accounts.grants(work)] == [device_rules(UUID, 10)]


def test_server_accounts_are_registered_once_with_their_actors_rules(installation: Installation) -> None:
    register(installation, {"infoscreen-server-api-1": "one"})
    after_first = wanted(installation)
    register(installation, {"infoscreen-server-api-1": "one"})
    assert wanted(installation) == after_first
    with installation.app.reading() as work:
        assert [grant.rules for grant in broker_accounts.grants(work)] == [server_rules(BrokerActor.API)]


def test_a_server_account_follows_the_password_in_the_data_directory(installation: Installation) -> None:
    register(installation, {"infoscreen-server-api-1": "one"})
    register(installation, {"infoscreen-server-api-1": "two"})
    with installation.app.reading() as work:
        (grant,) = broker_accounts.grants(work)
    assert password_fits("two", grant.password_hash)


@pytest.mark.parametrize(
    "name", ["infoscreen-server-client-1", "infoscreen-client-9b8d1856", "api", "infoscreen-server-api"]
)
def test_no_other_name_becomes_a_server_account(name: str, installation: Installation) -> None:
    with pytest.raises(ValueError, match=r"server-|infoscreen-"):
        register(installation, {name: "one"})


def register(installation: Installation, passwords: dict[str, str]) -> None:
    with installation.app.work() as work:
        broker_accounts.register_server_accounts(work, passwords)
