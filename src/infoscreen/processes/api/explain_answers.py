"""Explanations in words: from findings to the sentences of the request's language."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request

from infoscreen.domain.explain import Candidate, Finding
from infoscreen.domain.recurrence import to_local
from infoscreen.processes.api.schemas.explain import (
    CandidateAnswer,
    ClientExplanationAnswer,
    FindingAnswer,
    GroupExplanationAnswer,
    GroupTvAnswer,
    LeftOutAnswer,
    NextAnswer,
    TvOrderAnswer,
)
from infoscreen.processes.api.sentences import sentence
from infoscreen.services.explain import ClientExplanation, GroupExplanation

MOST_NAMED = 3


def group_answer(request: Request, found: GroupExplanation) -> GroupExplanationAnswer:
    """A group's explanation."""
    coming = found.next
    return GroupExplanationAnswer(
        group_id=found.group.id,
        group_name=found.group.name,
        at=found.at,
        sentence=_group_sentence(request, found),
        shown=[each.event_id for each in found.shown],
        candidates=[_candidate(request, each) for each in found.candidates],
        left_out=[
            LeftOutAnswer(event_id=each, title=title, sentence=sentence(request, "explain_broken", {"title": title}))
            for each, title in found.broken
        ],
        next=NextAnswer(event_id=coming.event_id, title=coming.title, start_time=coming.start) if coming else None,
        tv=GroupTvAnswer(
            desired_state=found.tv.state.value,
            code=found.tv.finding.code,
            sentence=sentence(request, found.tv.finding.code),
        ),
    )


def client_answer(request: Request, found: ClientExplanation) -> ClientExplanationAnswer:
    """A screen's explanation."""
    shown = [each.event_id for each in found.group.shown]
    sentences = _client_sentences(request, found, shown)
    order = found.tv_order
    return ClientExplanationAnswer(
        uuid=found.client.uuid,
        group=group_answer(request, found.group),
        is_alive=found.is_alive,
        last_alive=found.client.state.last_alive,
        says_event_id=found.says_event_id,
        says_title=found.says_title,
        is_as_planned=_is_as_planned(found, shown),
        tv_told=TvOrderAnswer(
            desired_state=order.desired_state.value,
            reason=order.reason.value,
            until=order.until,
            sentence=_tv_sentence(request, found),
        )
        if order
        else None,
        tv_reported=found.client.state.tv_state,
        sentence=" ".join(sentences),
        sentences=sentences,
    )


def _candidate(request: Request, each: Candidate) -> CandidateAnswer:
    against = [finding for finding in each.findings if not finding.holds]
    decisive = against[0] if against else each.findings[0]
    return CandidateAnswer(
        event_id=each.event_id,
        title=each.title,
        type=each.type,
        start_time=each.span.start,
        end_time=each.span.end,
        is_shown=each.is_shown,
        sentence=_worded(request, decisive),
        findings=[
            FindingAnswer(code=finding.code, holds=finding.holds, sentence=_worded(request, finding))
            for finding in each.findings
        ],
    )


def _worded(request: Request, finding: Finding) -> str:
    return sentence(request, finding.code, dict(finding.params))


def _group_sentence(request: Request, found: GroupExplanation) -> str:
    params: dict[str, Any] = {"group": found.group.name, "time": _time(found.at, found.zone)}
    if found.shown:
        quoted = [sentence(request, "quoted", {"title": each.title}) for each in found.shown]
        params["titles"] = ", ".join(quoted[:MOST_NAMED]) + (" …" if len(quoted) > MOST_NAMED else "")
        return sentence(request, "explain_group_shows", params)
    nothing = sentence(request, "explain_group_shows_nothing", params)
    kept = next((each for each in found.candidates if each.findings[0].holds), None)
    if kept is not None:
        reason = next(finding for finding in kept.findings if not finding.holds)
        because = {"title": kept.title, "reason": _worded(request, reason)}
        return f"{nothing} {sentence(request, 'explain_kept_back', because)}"
    if found.next is None:
        return f"{nothing} {sentence(request, 'explain_nothing_next')}"
    coming = {"title": found.next.title, "time": _time(found.next.start, found.zone)}
    return f"{nothing} {sentence(request, 'explain_next', coming)}"


def _client_sentences(request: Request, found: ClientExplanation, shown: list[int]) -> list[str]:
    sentences = [_group_sentence(request, found.group)]
    return sentences + (_present_sentences(request, found, shown) if found.is_now else [])


def _present_sentences(request: Request, found: ClientExplanation, shown: list[int]) -> list[str]:
    sentences = []
    if not found.client.is_active:
        sentences.append(sentence(request, "explain_client_inactive"))
    if not found.is_alive:
        last = found.client.state.last_alive
        code = "explain_client_silent" if last else "explain_client_never"
        sentences.append(sentence(request, code, {"time": _time(last, found.group.zone) if last else ""}))
    elif found.says_event_id is None:
        sentences.append(sentence(request, "explain_client_says_nothing"))
    else:
        code = "explain_client_as_planned" if found.says_event_id in shown else "explain_client_differs"
        title = found.says_title or f"#{found.says_event_id}"
        sentences.append(sentence(request, code, {"title": title}))
    if found.tv_order is not None:
        sentences.append(_tv_sentence(request, found))
    return sentences


def _tv_sentence(request: Request, found: ClientExplanation) -> str:
    order = found.tv_order
    assert order is not None  # noqa: S101 - asked for only where there is one
    code = f"explain_told_{order.desired_state}"
    if order.until is not None:
        return sentence(request, f"{code}_by_hand", {"time": _time(order.until, found.group.zone)})
    return sentence(request, code)


def _is_as_planned(found: ClientExplanation, shown: list[int]) -> bool | None:
    if not found.is_now or not found.is_alive or found.says_event_id is None:
        return None
    return found.says_event_id in shown


def _time(instant: datetime, zone: ZoneInfo) -> str:
    return f"{to_local(instant, zone):%d.%m.%Y %H:%M}"
