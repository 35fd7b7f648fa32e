"""Topics are built and parsed by the same table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoscreen_wire import topics
from infoscreen_wire.topics import ReportKind

UUID = "9b8d1856-ff34-4864-a726-12de072d0f77"


@pytest.mark.parametrize("kind", ReportKind)
def test_a_report_topic_is_parsed_to_what_it_was_built_from(kind: ReportKind) -> None:
    assert topics.parse_report(topics.report(UUID, kind)) == topics.ReportTopic(UUID, kind)


@pytest.mark.parametrize(
    "topic",
    [
        "infoscreen/discovery",
        f"infoscreen/{UUID}",
        f"infoscreen/{UUID}/",
        f"infoscreen/{UUID}/heartbeat/x",
        f"infoscreen/{UUID}/heartbeat\n",
        f"infoscreen/{UUID}/commands",
        f"x/infoscreen/{UUID}/heartbeat",
        "infoscreen/not-a-uuid/heartbeat",
        "infoscreen/+/heartbeat",
    ],
)
def test_any_other_topic_is_no_report(topic: str) -> None:
    assert topics.parse_report(topic) is None


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    topics.parse_report(f"infoscreen/{text}")


def test_only_pictures_may_be_large() -> None:
    large = {kind for kind in ReportKind if topics.size_limit_of(kind) > topics.DEFAULT_SIZE_LIMIT}
    assert large == {ReportKind.DASHBOARD, ReportKind.SCREENSHOT}
