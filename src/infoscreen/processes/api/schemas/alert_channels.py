"""The channels that alerts are sent on by; what is secret in them is only ever sent in."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from infoscreen.domain.alert_channels import ChannelKind, Failure, Language, MailSecurity
from infoscreen.domain.alerts import AlertKind, Severity
from infoscreen.domain.settings import is_web_address
from infoscreen.processes.api.schemas.base import ApiModel, ApiRequest, ApiTime, Id, visible
from infoscreen.services.alert_channels import CHANNELS_AT_MOST, Wanted

# One line: it becomes part of a protocol's header.
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255, pattern=r"^[^\x00-\x1f\x7f]*$")]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=2_000, pattern=r"^[^\x00-\x1f\x7f]+$")]
Address = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^\s@<>,;\x00-\x1f]+@[^\s@<>,;\x00-\x1f]+$"),
]
Host = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=253, pattern=r"^[^\s/@]+$")]


def _web_address(url: str) -> str:
    if not is_web_address(url) or "@" in url.split("/")[2]:
        raise PydanticCustomError("needs_url", "no address of the web")
    return url


class MailRequest(ApiRequest):
    """A mail server and who gets the mail; a password that is left out stays as it was for the same login."""

    host: Host
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: MailSecurity = MailSecurity.STARTTLS
    username: Line | None = None
    password: Secret | None = None
    sender: Address
    recipients: Annotated[list[Address], Field(min_length=1, max_length=50)]


class WebhookRequest(ApiRequest):
    """Where alerts are posted to; what is left out stays as it was, and a secret that is null is removed."""

    url: Annotated[Secret, AfterValidator(_web_address)] | None = None
    secret: Annotated[Secret | None, Field(description="Signs what is posted: `X-Infoscreen-Signature`.")] = None


class AppriseRequest(ApiRequest):
    """A service's address in Apprise's form; one that is left out stays as it was."""

    url: Annotated[Secret | None, Field(description="`ntfy://…`, `matrix://…`, …")] = None


class ChannelRequest(ApiRequest):
    """A channel as it should be; exactly the part that `kind` names says whereto."""

    id: Id | None = None
    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(visible)
    ]
    kind: ChannelKind
    mail: MailRequest | None = None
    webhook: WebhookRequest | None = None
    apprise: AppriseRequest | None = None
    is_active: bool = True
    kinds: Annotated[
        list[AlertKind], Field(default_factory=list, max_length=50, description="Which alerts; none means all.")
    ]
    least_severity: Severity = Severity.WARNING
    tells_closed: bool = True
    quiet_minutes: Annotated[int, Field(ge=0, le=1440, description="The same alert is not told again sooner.")] = 60
    language: Language = Language.DE

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if getattr(self, self.kind) is None:
            raise PydanticCustomError("missing", "the part that kind names is missing")
        return self

    def wanted(self) -> Wanted:
        """The same, for the service."""
        target: MailRequest | WebhookRequest | AppriseRequest = getattr(self, self.kind)
        return Wanted(
            self.id,
            self.name,
            self.kind,
            # Of a secret, null says something else than nothing.
            target.model_dump(exclude_unset=self.kind is ChannelKind.WEBHOOK),
            self.is_active,
            tuple(dict.fromkeys(self.kinds)),
            self.least_severity,
            self.tells_closed,
            self.quiet_minutes,
            self.language,
        )


class ChannelsRequest(ApiRequest):
    """All channels; one that is not among them is deleted. `version` is that of the list the person saw."""

    channels: Annotated[list[ChannelRequest], Field(max_length=CHANNELS_AT_MOST)]
    version: str | None = None


class MailAnswer(ApiModel):
    host: str
    port: int
    security: MailSecurity
    username: str | None
    has_password: bool
    sender: str
    recipients: list[str]


class WebhookAnswer(ApiModel):
    """`address` is only the part that is no secret."""

    address: str
    has_secret: bool


class AppriseAnswer(ApiModel):
    """`address` is only the part that is no secret."""

    address: str


class ChannelAnswer(ApiModel):
    """A channel without its secrets, and how its last message went: `failure` until one was sent again."""

    id: int
    name: str
    kind: ChannelKind
    mail: MailAnswer | None
    webhook: WebhookAnswer | None
    apprise: AppriseAnswer | None
    is_active: bool
    kinds: list[AlertKind]
    least_severity: Severity
    tells_closed: bool
    quiet_minutes: int
    language: Language
    last_sent_at: ApiTime | None
    failed_at: ApiTime | None
    failure: Failure | None
    failure_text: str | None


class ChannelsAnswer(ApiModel):
    channels: list[ChannelAnswer]
    version: str


class TestRequest(ApiRequest):
    """The channel to be tried, saved or not; with its id, secrets that are left out are those that are stored."""

    channel: ChannelRequest


class TestAnswer(ApiModel):
    """Whether the message was taken, and in words what came of it."""

    success: bool
    failure: Failure | None
    message: str
