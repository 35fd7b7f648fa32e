"""Why a screen shows what it shows, over HTTP and in both languages."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from applications import MONDAY
from infoscreen.bootstrap import App
from infoscreen.db.academic_calendar import AcademicPeriod, Holiday
from infoscreen.db.clients import ClientState
from infoscreen.db.events import Event
from infoscreen.services import broker_accounts, clients

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"


def make_group(admin: TestClient, name: str = "Aula") -> int:
    return int(admin.post("/api/groups", json={"name": name}).json()["id"])


def make_event(editor: TestClient, group_id: int, subject: str, **fields: Any) -> int:
    """Mondays 08:00 to 09:00 in Vienna from 23 November 2026: on at the present of these tests."""
    given = {
        "subject": subject,
        "groupId": group_id,
        "startTime": "2026-11-23T07:00:00Z",
        "endTime": "2026-11-23T08:00:00Z",
        "type": "message",
        "messageContent": "Guten Morgen",
        "recurrenceRule": "FREQ=WEEKLY;BYDAY=MO",
    }
    answer = editor.post("/api/events", json=given | fields)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def explained(client: TestClient, group_id: int, at: str | None = None, language: str = "de") -> dict[str, Any]:
    params = {"at": at} if at else {}
    answer = client.get(f"/api/groups/{group_id}/explain", params=params, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def lost(found: dict[str, Any]) -> dict[str, list[str]]:
    """Of each candidate by its title: the rules that speak against it."""
    return {
        each["title"]: [finding["code"] for finding in each["findings"] if not finding["holds"]]
        for each in found["candidates"]
    }


def test_what_is_on_is_named_with_the_rules_that_won(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    event_id = make_event(editor, group_id, "Wochenplan")
    found = explained(editor, group_id)
    assert (found["shown"], found["at"]) == ([event_id], "2026-11-23T07:00:00")
    assert found["sentence"] == "In „Aula“ läuft am 23.11.2026 08:00: „Wochenplan“."
    (candidate,) = found["candidates"]
    assert candidate["isShown"]
    assert [finding["code"] for finding in candidate["findings"]] == ["explain_in_time", "explain_content_ready"]
    assert candidate["sentence"] == "Läuft von 08:00 bis 09:00."
    english = explained(editor, group_id, language="en")
    assert english["candidates"][0]["sentence"] == "Runs from 08:00 to 09:00."
    assert found["tv"]["desiredState"] == "on"


def test_every_rule_that_keeps_an_event_back_is_named(admin: TestClient, editor: TestClient, api_app: App) -> None:
    group_id = make_group(admin)
    with api_app.work() as work:
        year = AcademicPeriod(
            name="Schuljahr 2026/27", start_date=date(2026, 9, 7), end_date=date(2027, 7, 2),
            period_type="schuljahr", is_active=True,
        )  # fmt: skip
        work.session.add(year)
        work.session.flush()
        autumn = {"name": "Schulautonom", "start_date": date(2026, 11, 30), "end_date": date(2026, 11, 30)}
        work.session.add(Holiday(**autumn, academic_period_id=year.id))
    later = {"startTime": "2026-11-23T10:00:00Z", "endTime": "2026-11-23T11:00:00Z"}
    make_event(editor, group_id, "Später", **later)
    make_event(editor, group_id, "Ferienlos", skipHolidays=True)
    make_event(editor, group_id, "Immer")
    skipped, detached = make_event(editor, group_id, "Ausgelassen"), make_event(editor, group_id, "Herausgelöst")
    make_event(editor, group_id, "Abgeschaltet", isActive=False)
    broken = make_event(editor, group_id, "Leer")
    with api_app.work() as work:
        work.session.execute(update(Event).where(Event.id == broken).values(type="website", website_url=None))
    editor.delete(f"/api/events/{skipped}/occurrences/2026-11-30")
    moved = {"subject": "Verlegt", "startTime": "2026-11-30T12:00:00Z", "endTime": "2026-11-30T13:00:00Z"}
    editor.post(f"/api/events/{detached}/occurrences/2026-11-30/detach", json=moved)
    found = explained(editor, group_id, "2026-11-30T07:30:00Z")
    assert lost(found) == {
        "Immer": [],
        "Später": ["explain_out_of_time"],
        "Ferienlos": ["explain_holiday"],
        "Ausgelassen": ["explain_exception"],
        "Herausgelöst": ["explain_detached"],
        "Verlegt": ["explain_out_of_time"],
        "Abgeschaltet": ["explain_inactive"],
        "Leer": ["content_missing"],
    }
    sentences = {each["title"]: each["sentence"] for each in found["candidates"]}
    assert sentences["Ferienlos"] == "Entfällt wegen „Schulautonom“ (Schuljahr 2026/27)."
    assert sentences["Ausgelassen"] == "Der Termin am 30.11.2026 wurde ausgelassen."
    assert sentences["Herausgelöst"] == "An diesem Tag durch „Verlegt“ ersetzt."
    held = next(each for each in found["candidates"] if each["title"] == "Immer")
    assert "explain_in_holiday" in [finding["code"] for finding in held["findings"]]


def test_nothing_on_says_what_was_kept_back_or_what_comes_next(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    assert explained(editor, group_id)["sentence"].endswith("In den nächsten 14 Tagen ist nichts geplant.")
    event_id = make_event(editor, group_id, "Wochenplan")
    later = explained(editor, group_id, "2026-11-23T12:00:00Z")
    assert later["next"] == {"eventId": event_id, "title": "Wochenplan", "startTime": "2026-11-30T07:00:00"}
    assert later["sentence"] == (
        "In „Aula“ läuft am 23.11.2026 13:00 nichts. Als Nächstes kommt „Wochenplan“ am 30.11.2026 08:00."
    )
    editor.put(f"/api/events/{event_id}", json={"isActive": False})
    assert explained(editor, group_id)["sentence"] == (
        "In „Aula“ läuft am 23.11.2026 08:00 nichts. „Wochenplan“ wäre jetzt dran: Der Termin ist ausgeschaltet."
    )


def test_a_group_that_is_switched_off_overrules_its_plan(admin: TestClient, editor: TestClient) -> None:
    group_id = make_group(admin)
    make_event(editor, group_id, "Wochenplan")
    admin.put(f"/api/groups/{group_id}", json={"isActive": False})
    found = explained(editor, group_id)
    assert (found["shown"], lost(found)) == ([], {"Wochenplan": ["explain_group_inactive"]})
    assert found["tv"]["desiredState"] == "off"
    assert explained(editor, 1)["shown"] == []


def test_what_is_over_is_explained_as_it_was(admin: TestClient, editor: TestClient, api_app: App) -> None:
    group_id = make_group(admin)
    single = {"recurrenceRule": None, "startTime": "2026-11-20T07:00:00Z", "endTime": "2026-11-20T08:00:00Z"}
    event_id = make_event(editor, group_id, "Vorbei", **single)
    with api_app.work() as work:
        work.session.execute(update(Event).where(Event.id == event_id).values(is_active=False))
    assert explained(editor, group_id, "2026-11-20T07:30:00Z")["shown"] == [event_id]


@pytest.fixture
def screen(api_app: App, admin: TestClient) -> int:
    """An active screen in a group of its own; answers with the group."""
    group_id = make_group(admin)
    with api_app.work() as work:
        broker_accounts.make_client_account(work, UUID)
        clients.assign_clients(work, [UUID], group_id)
    return group_id


def report(api_app: App, **columns: Any) -> None:
    with api_app.work() as work:
        work.session.execute(update(ClientState).where(ClientState.client_uuid == UUID).values(**columns))


def explained_screen(client: TestClient, at: str | None = None) -> dict[str, Any]:
    answer = client.get(f"/api/clients/{UUID}/explain", params={"at": at} if at else {})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_screen_is_explained_with_its_life_and_what_it_says(editor: TestClient, api_app: App, screen: int) -> None:
    event_id = make_event(editor, screen, "Wochenplan")
    never = explained_screen(editor)
    assert (never["isAlive"], never["isAsPlanned"], never["group"]["shown"]) == (False, None, [event_id])
    assert never["sentences"][1] == "Der Infoscreen hat sich noch nie gemeldet."
    report(api_app, last_alive=MONDAY, current_event_id=event_id)
    as_planned = explained_screen(editor)
    assert (as_planned["isAlive"], as_planned["isAsPlanned"]) == (True, True)
    assert as_planned["sentences"][1] == "Der Infoscreen sagt, dass er „Wochenplan“ zeigt, wie geplant."
    other = make_event(editor, screen, "Anderes", isActive=False)
    report(api_app, current_event_id=other)
    differs = explained_screen(editor)
    assert differs["isAsPlanned"] is False
    assert "Anderes" in differs["sentence"]
    report(api_app, last_alive=MONDAY - timedelta(hours=2))
    assert "seit 23.11.2026 06:00" in explained_screen(editor)["sentence"]
    assert len(explained_screen(editor, "2026-12-01T07:00:00Z")["sentences"]) == 1


def test_a_screen_is_explained_with_what_its_tv_was_told_and_said(admin: TestClient, api_app: App, screen: int) -> None:
    assert explained_screen(admin)["tvTold"] is None
    answer = admin.put(f"/api/clients/{UUID}/power", json={"desiredState": "off", "minutes": 30})
    assert (answer.status_code, answer.json()["reason"], answer.json()["until"]) == (
        200, "operator_override", "2026-11-23T07:30:00",
    )  # fmt: skip
    report(api_app, tv_state="off", tv_result="applied", tv_method="cec", tv_reported_at=MONDAY)
    found = explained_screen(admin)
    assert (found["tvTold"]["desiredState"], found["tvReported"]) == ("off", "off")
    assert found["tvTold"]["sentence"] == "Der Fernseher wurde von Hand ausgeschaltet, bis 23.11.2026 08:30."
    power = admin.get(f"/api/clients/{UUID}/power").json()
    assert power["reported"] == {
        "observedState": "off", "method": "cec", "result": "applied", "error": None, "intentId": None,
        "reportedAt": "2026-11-23T07:00:00",
    }  # fmt: skip
    assert admin.delete(f"/api/clients/{UUID}/power").json()["desiredState"] is None
    assert admin.delete(f"/api/clients/{UUID}/power").status_code == 200


@pytest.mark.parametrize(
    "body",
    [{}, {"desiredState": "standby", "minutes": 5}, {"desiredState": "on", "minutes": 0}, {"desiredState": "on"}],
)
def test_an_override_says_what_and_for_how_long(admin: TestClient, screen: int, body: dict[str, Any]) -> None:
    assert admin.put(f"/api/clients/{UUID}/power", json=body).status_code == 422


def test_overrides_are_for_administrators(editor: TestClient, screen: int) -> None:
    body = {"desiredState": "on", "minutes": 5}
    assert editor.put(f"/api/clients/{UUID}/power", json=body).status_code == 403
    assert editor.get(f"/api/clients/{UUID}/power").status_code == 200


def test_what_does_not_exist_is_not_explained(editor: TestClient) -> None:
    assert editor.get("/api/groups/4711/explain").status_code == 404
    assert editor.get(f"/api/clients/{UUID}/explain").status_code == 404
    assert editor.get("/api/groups/1/explain", params={"at": "yesterday"}).status_code == 422
    assert datetime.fromisoformat(explained(editor, 1, "2026-11-30T07:30:00+01:00")["at"]).hour == 6
