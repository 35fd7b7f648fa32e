"""Enrolment: a one-time code becomes an account in the device's `.env`. What a person sees of it is in `main.py`."""

import dataclasses
import uuid
from enum import IntEnum
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from pydantic import ValidationError

from infoscreen_device import env_file
from infoscreen_device.config import Account
from infoscreen_device.hardware import this_device
from infoscreen_device.issued_account import IssuedAccount
from infoscreen_device.private_files import write_private

CA_FILE = "infoscreen-ca.crt"
CA_MODE = 0o644
# The server's sentences appear among those of this command.
IN_ENGLISH = {"Accept-Language": "en"}


class Exit(IntEnum):
    """What the command's exit code means."""

    WRONG_USE = 2
    HAS_ACCOUNT = 3
    REFUSED = 4
    NOT_REACHED = 5
    BROKER_REFUSES = 6


class EnrollmentError(Exception):
    """No account was written, with a sentence and an exit code that say why."""

    def __init__(self, sentence: str, code: Exit) -> None:
        super().__init__(sentence)
        self.code = code


def enroll(http: httpx.Client, server: str, code: str, env: Path, *, force: bool = False) -> Account:
    """Ask the server for the account that the code is good for, and write it. Raises `EnrollmentError`.

    The uuid is on disk before the server hears of it: should the answer get lost, the same device asks again.
    """
    parts = urlsplit(server)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise EnrollmentError(f"{server!r} is no address like https://server", Exit.WRONG_USE)
    try:
        own_uuid = _own_uuid(env, force=force)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        hardware = this_device((parts.hostname, port))
        issued = _ask(http, server, {"code": code, "uuid": own_uuid, **_told(dataclasses.asdict(hardware))})
        _keep(env, server, issued)
    except (OSError, ValueError) as error:
        raise EnrollmentError(f"{env}: {error}", Exit.WRONG_USE) from error
    return issued.account(own_uuid, server)


def _own_uuid(env: Path, *, force: bool) -> str:
    variables = env_file.read(env)
    if env_file.has_account(variables) and not force:
        sentence = f"{env} holds an account already; --force replaces it"
        raise EnrollmentError(sentence, Exit.HAS_ACCOUNT)
    kept = variables.get(env_file.UUID)
    if kept:
        return str(uuid.UUID(kept))
    made = str(uuid.uuid4())
    env_file.write(env, {env_file.UUID: made})
    return made


def _told(hardware: dict[str, object]) -> dict[str, object]:
    names = {"os_version": "osVersion"}
    return {names.get(name, name): value for name, value in hardware.items() if value}


def _ask(http: httpx.Client, server: str, body: dict[str, object]) -> IssuedAccount:
    try:
        answer = http.post(f"{server}/api/enroll", json=body, headers=IN_ENGLISH)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        sentence = f"{server} cannot be reached: {str(error) or type(error).__name__}"
        raise EnrollmentError(sentence, Exit.NOT_REACHED) from error
    if answer.is_success:
        try:
            return IssuedAccount.model_validate_json(answer.content)
        except ValidationError as error:
            raise EnrollmentError(f"{server} gave no account; is it an Infoscreen?", Exit.NOT_REACHED) from error
    raise EnrollmentError(_refusal(server, answer), Exit.REFUSED if answer.is_client_error else Exit.NOT_REACHED)


def _refusal(server: str, answer: httpx.Response) -> str:
    """The server's own sentence, without anything that a terminal would obey."""
    try:
        sentence = str(answer.json()["error"])
    except (ValueError, KeyError, TypeError):
        return f"{server} answered {answer.status_code}"
    return "".join(character for character in sentence[:500] if character.isprintable())


def _keep(env: Path, server: str, issued: IssuedAccount) -> None:
    ca_file = ""
    if issued.ca_certificate:
        path = env.absolute().with_name(CA_FILE)
        write_private(path, issued.ca_certificate, mode=CA_MODE)
        ca_file = str(path)
    env_file.write(
        env,
        {
            env_file.SERVER: server,
            env_file.TOKEN: issued.device_token,
            env_file.USER: issued.username,
            env_file.PASSWORD: issued.password,
            env_file.HOST: issued.host,
            env_file.PORT: str(issued.port),
            env_file.TLS: str(issued.tls).lower(),
            env_file.CA: ca_file,
        },
    )
