"""Which topics have a retained message on the broker, so that none is forgotten when its group or client goes."""

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from infoscreen.db.base import Base, exact_string


class RetainedTopic(Base):
    """A topic that was published with the retain flag and not yet cleared."""

    __tablename__ = "retained_topics"

    topic: Mapped[str] = mapped_column(exact_string(255), primary_key=True)


def retained_topics(session: Session) -> set[str]:
    """Every topic that may have a retained message."""
    return set(session.scalars(select(RetainedTopic.topic)))
