"""One-time codes: whom they let in, once, and what is kept of them."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from applications import Clock
from brokers import Installation
from infoscreen.bootstrap import App
from infoscreen.db.clients import Client, ClientState
from infoscreen.db.schema import METADATA
from infoscreen.domain.broker_accounts import password_fits
from infoscreen.domain.enrollments import ASK_AGAIN_WITHIN, FAILURES_OF_ALL, EnrollmentRefused, TooManyAttempts
from infoscreen.domain.errors import Invalid, NotFound
from infoscreen.services import broker_accounts, enrollments
from infoscreen.services.broker_accounts import BrokerAccountExists, Credentials
from infoscreen.services.enrollments import Wish

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"
OTHER = "11111111-ff34-4864-a726-12de072d0f77"
HOUR = timedelta(hours=1)


@pytest.fixture
def installation(app: App) -> Installation:
    made = Installation(app, app.config.broker.port)
    made.add_groups(10)
    return made


def new_code(app: App, wish: Wish | None = None) -> str:
    with app.work() as work:
        return enrollments.open_enrollment(work, wish or Wish(), HOUR)[0]


def enroll(app: App, code: str, uuid: str = UUID, **hardware: object) -> Credentials:
    with app.work() as work:
        return enrollments.enroll(work, code, uuid, hardware)


def is_valid(app: App, made: Credentials) -> bool:
    """Whether broker and API would let a device in with these."""
    with app.reading() as work:
        knows_token = broker_accounts.client_of_device_token(work, made.device_token) is not None
        (grant,) = [each for each in broker_accounts.grants(work) if each.username == made.username]
    return knows_token and password_fits(made.password, grant.password_hash)


def test_a_code_is_easy_to_read_and_only_a_fingerprint_of_it_is_kept(app: App) -> None:
    code = new_code(app)
    assert re.fullmatch(r"(?:[34679ACDEFGHJKMNPQRTVWXY]{4}-){2}[34679ACDEFGHJKMNPQRTVWXY]{4}", code)
    with app.reading() as work:
        kept = repr([work.session.execute(select(table)).all() for table in METADATA.sorted_tables])
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_a_device_with_a_code_gets_an_account_and_becomes_what_the_code_says(installation: Installation) -> None:
    app = installation.app
    made = enroll(app, new_code(app, Wish("Aula links", 10)), hostname="pi-aula-1", macs=["aa:bb"])
    assert made.username == "infoscreen-client-9b8d1856"
    assert is_valid(app, made)
    with app.reading() as work:
        client = work.session.get_one(Client, UUID)
        told = client.description, client.group_id, client.hostname, client.macs
    assert told == ("Aula links", 10, "pi-aula-1", ["aa:bb"])


@pytest.mark.parametrize("change", [str.lower, lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_may_be_typed_carelessly(app: App, change: object) -> None:
    assert callable(change)
    enroll(app, change(new_code(app)))


def test_a_code_is_used_up_by_one_device(app: App) -> None:
    code = new_code(app)
    enroll(app, code)
    with pytest.raises(EnrollmentRefused):
        enroll(app, code, OTHER)
    with app.reading() as work:
        assert work.session.get(Client, OTHER) is None


def test_of_many_devices_that_come_with_one_code_at_the_same_instant_one_gets_in(app: App) -> None:
    code = new_code(app)

    def attempt(number: int) -> bool:
        try:
            enroll(app, code, f"{number:08x}-ff34-4864-a726-12de072d0f77")
        except EnrollmentRefused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, range(8))) == [False] * 7 + [True]


def test_wrong_expired_and_withdrawn_codes_are_refused_alike(app: App, clock: Clock) -> None:
    expired, withdrawn = new_code(app), new_code(app)
    with app.work() as work:
        newest = enrollments.list_open(work)[0]
        enrollments.withdraw(work, newest.id)
    with pytest.raises(EnrollmentRefused):
        enroll(app, withdrawn)
    clock.forward(minutes=59, seconds=59)
    with app.reading() as work:
        assert len(enrollments.list_open(work)) == 1
    clock.forward(seconds=1)
    for code in (expired, "3333-3333-3333", "", "ß" * 12):
        with pytest.raises(EnrollmentRefused):
            enroll(app, code)


def test_a_device_whose_answer_was_lost_asks_again_and_gets_new_credentials(app: App, clock: Clock) -> None:
    code = new_code(app)
    lost = enroll(app, code)
    clock.now += ASK_AGAIN_WITHIN
    again = enroll(app, code)
    assert again.username == lost.username
    assert is_valid(app, again)
    assert not is_valid(app, lost)


def test_it_cannot_ask_again_later(app: App, clock: Clock) -> None:
    code = new_code(app)
    enroll(app, code)
    clock.now += ASK_AGAIN_WITHIN + timedelta(seconds=1)
    with pytest.raises(EnrollmentRefused):
        enroll(app, code)


def test_it_cannot_ask_again_once_it_has_reported_in(app: App, clock: Clock) -> None:
    code = new_code(app)
    made = enroll(app, code)
    clock.forward(seconds=30)
    with app.work() as work:
        work.session.get_one(ClientState, UUID).last_alive = clock.now
    with pytest.raises(EnrollmentRefused):
        enroll(app, code)
    assert is_valid(app, made)


def test_what_an_administrator_changed_since_stays_when_the_device_asks_again(installation: Installation) -> None:
    app = installation.app
    code = new_code(app, Wish("Aula", 10))
    enroll(app, code)
    with app.work() as work:
        client = work.session.get_one(Client, UUID)
        client.description, client.group_id = "Turnsaal", 1
    enroll(app, code)
    with app.reading() as work:
        client = work.session.get_one(Client, UUID)
        assert (client.description, client.group_id) == ("Turnsaal", 1)


def test_any_code_throws_no_other_device_off_and_stays_usable(app: App) -> None:
    with app.work() as work:
        made = broker_accounts.make_client_account(work, UUID)
    code = new_code(app)
    with pytest.raises(BrokerAccountExists):
        enroll(app, code)
    assert is_valid(app, made)
    enroll(app, code, OTHER)


def test_a_code_made_for_one_client_renews_its_account_and_serves_no_other(app: App) -> None:
    with app.work() as work:
        made = broker_accounts.make_client_account(work, UUID)
    code = new_code(app, Wish(client_uuid=UUID.upper()))
    with pytest.raises(EnrollmentRefused):
        enroll(app, code, OTHER)
    renewed = enroll(app, code)
    assert is_valid(app, renewed)
    assert not is_valid(app, made)


def test_a_code_for_a_group_or_client_that_is_not_there_is_not_made(app: App) -> None:
    for wish in (Wish(group_id=99), Wish(client_uuid=OTHER)):
        with pytest.raises(Invalid):
            new_code(app, wish)


def test_a_malformed_uuid_does_not_use_the_code_up(app: App) -> None:
    code = new_code(app)
    with pytest.raises(Invalid):
        enroll(app, code, "nonsense")
    enroll(app, code)


def test_a_used_code_cannot_be_withdrawn(app: App) -> None:
    code = new_code(app)
    with app.reading() as work:
        (kept,) = enrollments.list_open(work)
    enroll(app, code)
    with app.work() as work, pytest.raises(NotFound):
        enrollments.withdraw(work, kept.id)


def fail(app: App, address: str, times: int) -> None:
    for _ in range(times):
        with app.work() as work:
            enrollments.note_failure(work, address)


def is_let_try(app: App, address: str) -> bool:
    try:
        with app.reading() as work:
            enrollments.check_attempts(work, address)
    except TooManyAttempts as error:
        seconds: int = error.params["retry_after"]
        return not 1 <= seconds <= 61
    return True


def test_an_address_that_guesses_is_not_listened_to_for_a_minute(app: App, clock: Clock) -> None:
    fail(app, "10.0.0.1", 9)
    assert is_let_try(app, "10.0.0.1")
    fail(app, "10.0.0.1", 1)
    assert not is_let_try(app, "10.0.0.1")
    assert is_let_try(app, "10.0.0.2")
    clock.forward(seconds=60)
    assert is_let_try(app, "10.0.0.1")


def test_the_addresses_of_one_ipv6_network_count_as_one(app: App) -> None:
    for host in range(10):
        fail(app, f"2001:db8::{host:x}", 1)
    assert not is_let_try(app, "2001:db8::ffff")
    assert is_let_try(app, "2001:db8:0:1::1")


def test_guesses_from_everywhere_are_limited_too(app: App) -> None:
    with app.work() as work:
        for number in range(FAILURES_OF_ALL):
            enrollments.note_failure(work, f"10.1.{number // 250}.{number % 250}")
    assert not is_let_try(app, "10.0.0.2")
