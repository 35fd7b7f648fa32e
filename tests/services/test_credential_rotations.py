"""New passwords for devices: waiting, confirmed, switched, and taken back where the device does not return."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from applications import Clock
from infoscreen.bootstrap import App
from infoscreen.db.clients import ClientState
from infoscreen.db.credential_rotations import CredentialRotation, advance
from infoscreen.db.schema import METADATA
from infoscreen.domain.broker_accounts import password_fits
from infoscreen.domain.credential_rotation import RotationEnded, RotationUnderWay, State
from infoscreen.domain.errors import NotFound
from infoscreen.services import broker_accounts, credential_rotations
from infoscreen.services.alerts import open_alerts
from infoscreen.services.broker_accounts import Credentials
from infoscreen.services.credential_rotations import WaitingPassword

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"


@pytest.fixture
def device(app: App) -> Credentials:
    with app.work() as work:
        made = broker_accounts.make_client_account(work, UUID)
    broker_follows(app)
    return made


def start(app: App) -> None:
    with app.work() as work:
        credential_rotations.start_rotation(work, UUID)


def fetch(app: App) -> WaitingPassword:
    with app.reading() as work:
        waiting = credential_rotations.waiting_password(work, UUID)
    assert waiting
    return waiting


def confirm(app: App, rotation_id: str) -> None:
    with app.work() as work:
        credential_rotations.confirm_rotation(work, UUID, rotation_id)


def broker_follows(app: App) -> None:
    with app.work() as work:
        broker_accounts.note_applied(work, broker_accounts.sync_state(work)[0])


def settle(app: App) -> str:
    """One look of the scheduler; the state after it."""
    with app.work() as work:
        credential_rotations.settle_rotations(work)
    return state(app)


def state(app: App) -> str:
    with app.reading() as work:
        rotation = credential_rotations.rotation_of_client(work, UUID)
    return rotation.state if rotation else "none"


def report(app: App) -> None:
    with app.work() as work:
        work.session.get_one(ClientState, UUID).last_alive = work.now


def lets_in(app: App, password: str) -> bool:
    with app.reading() as work:
        (grant,) = [each for each in broker_accounts.grants(work) if each.username.startswith("infoscreen-client")]
    return password_fits(password, grant.password_hash)


def switched(app: App, clock: Clock) -> WaitingPassword:
    """A rotation that the broker has followed."""
    start(app)
    new = fetch(app)
    confirm(app, new.rotation_id)
    broker_follows(app)
    assert settle(app) == "switched"
    clock.forward(seconds=5)
    return new


def test_the_new_password_waits_sealed_and_the_old_one_holds(app: App, device: Credentials) -> None:
    start(app)
    new = fetch(app)
    assert fetch(app) == new
    assert new.password != device.password
    assert lets_in(app, device.password)
    with app.reading() as work:
        assert new.password not in repr([work.session.execute(select(each)).all() for each in METADATA.sorted_tables])


def test_after_the_confirmation_the_new_password_holds_and_is_gone_from_the_server(
    app: App, device: Credentials
) -> None:
    start(app)
    new = fetch(app)
    confirm(app, new.rotation_id)
    assert lets_in(app, new.password)
    assert not lets_in(app, device.password)
    with app.reading() as work:
        assert work.session.scalars(select(CredentialRotation)).one().sealed_password is None
        wanted, applied = broker_accounts.sync_state(work)
    assert wanted > applied


def test_confirming_again_changes_nothing(app: App, device: Credentials, clock: Clock) -> None:
    new = switched(app, clock)
    confirm(app, new.rotation_id)
    assert state(app) == "switched"
    report(app)
    assert settle(app) == "done"
    confirm(app, new.rotation_id)
    assert lets_in(app, new.password)


def test_confirmations_of_one_rotation_at_the_same_instant_are_one(app: App, device: Credentials) -> None:
    start(app)
    new = fetch(app)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: confirm(app, new.rotation_id), range(8)))
    with app.reading() as work:
        rotation = work.session.scalars(select(CredentialRotation)).one()
        assert rotation.change == broker_accounts.sync_state(work)[0]
        assert rotation.old_hash
        assert password_fits(device.password, rotation.old_hash)


def test_a_step_that_somebody_else_has_taken_is_not_taken_again(app: App, device: Credentials) -> None:
    start(app)
    rotation_id = fetch(app).rotation_id
    for is_first in (True, False):
        with app.work() as work:
            taken = advance(work.session, rotation_id, State.WAITING, State.CONFIRMED, work.now)
        assert taken is is_first


def test_another_rotation_cannot_be_confirmed(app: App, device: Credentials) -> None:
    start(app)
    replaced = fetch(app)
    start(app)
    for wrong in (replaced.rotation_id, "nonsense"):
        with pytest.raises(RotationEnded):
            confirm(app, wrong)
    assert lets_in(app, device.password)


def test_the_sixty_seconds_begin_when_the_broker_follows(app: App, device: Credentials, clock: Clock) -> None:
    start(app)
    confirm(app, fetch(app).rotation_id)
    clock.forward(seconds=300)
    assert settle(app) == "confirmed"
    broker_follows(app)
    assert settle(app) == "switched"
    clock.forward(seconds=60)
    assert settle(app) == "switched"


def test_a_device_that_reports_by_its_new_password_ends_the_rotation(
    app: App, device: Credentials, clock: Clock
) -> None:
    new = switched(app, clock)
    report(app)
    assert settle(app) == "done"
    clock.forward(days=1)
    settle(app)
    assert lets_in(app, new.password)
    with app.reading() as work:
        assert work.session.scalars(select(CredentialRotation)).one().old_hash is None


def test_what_it_said_before_the_switch_is_no_proof(app: App, device: Credentials, clock: Clock) -> None:
    start(app)
    confirm(app, fetch(app).rotation_id)
    report(app)
    broker_follows(app)
    settle(app)
    assert settle(app) == "switched"


def test_a_device_that_is_not_back_in_time_keeps_its_old_password(app: App, device: Credentials, clock: Clock) -> None:
    new = switched(app, clock)
    clock.forward(seconds=56)
    assert settle(app) == "reverted"
    assert lets_in(app, device.password)
    assert not lets_in(app, new.password)
    with app.reading() as work:
        wanted, applied = broker_accounts.sync_state(work)
    assert wanted > applied
    with pytest.raises(RotationEnded):
        confirm(app, new.rotation_id)


def test_a_server_that_was_down_meanwhile_sees_that_the_device_is_back(
    app: App, device: Credentials, clock: Clock
) -> None:
    new = switched(app, clock)
    clock.forward(seconds=20)
    report(app)
    clock.forward(hours=5)
    assert settle(app) == "done"
    assert lets_in(app, new.password)


def test_a_broker_that_never_follows_ends_it_with_the_old_password(app: App, device: Credentials, clock: Clock) -> None:
    start(app)
    confirm(app, fetch(app).rotation_id)
    clock.forward(seconds=601)
    assert settle(app) == "reverted"
    assert lets_in(app, device.password)


def test_a_password_that_nobody_fetches_is_forgotten_after_a_week(app: App, device: Credentials, clock: Clock) -> None:
    start(app)
    clock.now += timedelta(days=7)
    assert settle(app) == "waiting"
    clock.forward(seconds=1)
    assert settle(app) == "expired"
    assert lets_in(app, device.password)
    with app.reading() as work:
        assert credential_rotations.waiting_password(work, UUID) is None


def test_while_the_broker_is_switched_no_other_rotation_begins(app: App, device: Credentials, clock: Clock) -> None:
    new = switched(app, clock)
    with pytest.raises(RotationUnderWay):
        start(app)
    report(app)
    settle(app)
    start(app)
    assert fetch(app).rotation_id != new.rotation_id


def test_no_other_rotation_begins_before_the_broker_has_switched_back(
    app: App, device: Credentials, clock: Clock
) -> None:
    switched(app, clock)
    clock.forward(seconds=56)
    assert settle(app) == "reverted"
    with pytest.raises(RotationUnderWay):
        start(app)
    assert state(app) == "reverted"
    broker_follows(app)
    start(app)
    assert state(app) == "waiting"


def test_renewing_by_hand_ends_what_is_under_way_and_nothing_switches_back(
    app: App, device: Credentials, clock: Clock
) -> None:
    switched(app, clock)
    with app.work() as work:
        renewed = broker_accounts.renew_client_account(work, UUID)
    clock.forward(seconds=120)
    assert settle(app) == "none"
    assert lets_in(app, renewed.password)


def alerts(app: App) -> list[tuple[str, str, object]]:
    with app.reading() as work:
        return [(each.kind, each.subject, each.details["ended"]) for each in open_alerts(work)]


def test_a_device_that_did_not_come_back_is_an_alert_until_a_rotation_succeeds(
    app: App, device: Credentials, clock: Clock
) -> None:
    switched(app, clock)
    assert alerts(app) == []
    clock.forward(seconds=61)
    settle(app)
    assert alerts(app) == [("broker_account_not_rotated", UUID, "reverted")]
    broker_follows(app)
    switched(app, clock)
    report(app)
    settle(app)
    assert alerts(app) == []


def test_a_password_that_nobody_fetched_is_an_alert_until_it_is_renewed_by_hand(
    app: App, device: Credentials, clock: Clock
) -> None:
    start(app)
    clock.forward(days=8)
    settle(app)
    assert alerts(app) == [("broker_account_not_rotated", UUID, "expired")]
    with app.work() as work:
        broker_accounts.renew_client_account(work, UUID)
    assert alerts(app) == []


def test_a_revoked_account_has_no_rotation(app: App, device: Credentials) -> None:
    start(app)
    with app.work() as work:
        broker_accounts.revoke_client_account(work, UUID)
    with app.reading() as work:
        assert work.session.scalars(select(CredentialRotation)).all() == []
    with pytest.raises(NotFound):
        start(app)
