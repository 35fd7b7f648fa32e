"""What a device needs to connect to the broker."""

from infoscreen.processes.api.schemas.base import ApiModel


class BrokerAccountAnswer(ApiModel):
    """Credentials of a device; password and device token are in this one answer and nowhere else."""

    username: str
    password: str
    client_id: str
    host: str
    port: int
    tls: bool
    ca_certificate: str | None
    device_token: str
