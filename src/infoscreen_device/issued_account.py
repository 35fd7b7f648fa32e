"""An account as the server tells it: the only answer that ever holds the password."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from infoscreen_device.config import Account, Broker

Printable = Annotated[str, StringConstraints(pattern=r"^[!-&(-~]{1,256}$")]


class IssuedAccount(BaseModel):
    """The answer to `POST /api/enroll` and `POST /api/clients/{uuid}/broker-account`."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True, hide_input_in_errors=True)

    username: Printable
    password: Printable = Field(repr=False)
    host: Printable
    port: int = Field(ge=1, le=65535)
    tls: bool
    ca_certificate: str | None
    device_token: Printable = Field(repr=False)

    def account(self, uuid: str, server: str) -> Account:
        """The account of a device on a server."""
        broker = Broker(self.host, self.port, self.tls, self.ca_certificate)
        return Account(uuid, self.username, self.password, broker, self.device_token, server=server)
