"""Alerts in words, German and English: what messages say. The dashboard has its own, longer texts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from infoscreen.domain.alert_channels import AlertMessage, Language, Line, News
from infoscreen.domain.alerts import AlertKind, Severity

Words = Mapping[Language, str]


def _both(german: str, english: str) -> Words:
    return {Language.DE: german, Language.EN: english}


KINDS: Mapping[AlertKind, Words] = {
    AlertKind.CERTIFICATE_EXPIRY: _both("Zertifikat läuft ab", "Certificate expires"),
    AlertKind.BROKER_AUTH_FAILURES: _both("Viele abgewiesene Anmeldungen am Broker", "Many refused broker logins"),
    AlertKind.ROLLOUT_HALTED: _both("Sammelbefehl angehalten", "Rollout halted"),
    AlertKind.BROKER_OUTAGE: _both("Broker-Ausfall vermutet", "Broker outage suspected"),
    AlertKind.DEVICE_SILENT: _both("Infoscreen meldet sich nicht", "Screen is silent"),
    AlertKind.PROCESS_CRASHED: _both("Anzeige-Programm abgestürzt", "Player crashed"),
    AlertKind.SERVICE_FAILED: _both("Dienst dauerhaft ausgefallen", "Service has failed for good"),
    AlertKind.SCREEN_BLACK: _both("Bildschirm schwarz", "Screen is black"),
    AlertKind.SCREEN_FROZEN: _both("Bild steht still", "Picture is frozen"),
    AlertKind.CLOCK_SKEW: _both("Uhr des Geräts geht falsch", "The device’s clock is wrong"),
    AlertKind.BROKER_ACCOUNT_NOT_ROTATED: _both("Passwort nicht gewechselt", "Password not changed"),
    AlertKind.COMMAND_FAILED: _both("Befehl fehlgeschlagen", "Command failed"),
    AlertKind.MANUAL_INTERVENTION: _both("Jemand muss hingehen", "Somebody must go there"),
    AlertKind.POWER_STUCK_OFF: _both("Strom lässt sich nicht einschalten", "Power cannot be turned on"),
    AlertKind.CONTENT_UNAVAILABLE: _both("Inhalt kann nicht gezeigt werden", "Content cannot be shown"),
    AlertKind.CONVERSION_FAILED: _both("Umwandlung in PDF fehlgeschlagen", "Conversion to PDF failed"),
    AlertKind.DISK_LOW: _both("Wenig Speicherplatz auf dem Server", "The server’s disk is nearly full"),
    AlertKind.WEBUNTIS: _both("WebUntis liefert keinen Plan", "WebUntis delivers no plan"),
    AlertKind.NO_PERIOD_TODAY: _both("Kein Schuljahr für heute", "No academic period for today"),
}
SEVERITIES: Mapping[Severity, Words] = {
    Severity.CRITICAL: _both("Kritisch", "Critical"),
    Severity.WARNING: _both("Warnung", "Warning"),
}
GROUP = _both("Gruppe {name}", "group {name}")
SINCE = _both("seit {time}", "since {time}")
OVER = _both("Behoben: {what}", "Over: {what}")
UNTIL = _both("{opened} bis {closed}", "{opened} to {closed}")
NEW_ALERTS = _both("{number} neue Alarme", "{number} new alerts")
ALERTS_OVER = _both("{number} behoben", "{number} over")
MORE = _both("… und {number} weitere.", "… and {number} more.")
ALL_ALERTS = _both("Alle Alarme: {url}", "All alerts: {url}")
TEST_TITLE = _both("{school}: Probenachricht", "{school}: test message")
TEST_TEXT = _both(
    "Diese Nachricht kommt vom Infoscreen-Management. Alarme kommen auf diesem Weg an.\n{url}",
    "This message is from Infoscreen-Management. Alerts arrive this way.\n{url}",
)
TIME: Words = _both("%d.%m. %H:%M", "%d %b %H:%M")
NO_SUBJECT = {AlertKind.BROKER_OUTAGE, AlertKind.NO_PERIOD_TODAY, AlertKind.DISK_LOW}


def message(
    lines: Sequence[Line], language: Language, school: str, url: str, zone: ZoneInfo, *, shown: int
) -> AlertMessage:
    """One message for all that is to be told, the gravest first; of more than `shown` only the number is told."""
    ordered = sorted(lines, key=lambda line: (line.news, line.severity != Severity.CRITICAL, line.opened_at))
    ordered.sort(key=lambda line: line.news is News.CLOSED)
    told, more = tuple(ordered[:shown]), max(0, len(ordered) - shown)
    text = [_in_words(line, language, zone) for line in told]
    text += [MORE[language].format(number=more)] if more else []
    text += ["", ALL_ALERTS[language].format(url=url)]
    return AlertMessage(f"{school}: {_title(ordered, language)}", "\n".join(text), told, more)


def test_message(language: Language, school: str, url: str) -> AlertMessage:
    """What the test button sends."""
    return AlertMessage(
        TEST_TITLE[language].format(school=school), TEST_TEXT[language].format(url=url), (), is_test=True
    )


def _title(lines: Sequence[Line], language: Language) -> str:
    if len(lines) == 1:
        (line,) = lines
        what = _what(line, language)
        return OVER[language].format(what=what) if line.news is News.CLOSED else what
    opened = sum(line.news is News.OPENED for line in lines)
    parts = []
    if opened:
        parts.append(NEW_ALERTS[language].format(number=opened))
    if closed := len(lines) - opened:
        parts.append(ALERTS_OVER[language].format(number=closed))
    return ", ".join(parts)


def _what(line: Line, language: Language) -> str:
    words = KINDS[line.kind][language]
    return f"{words} – {line.about}" if line.about and line.kind not in NO_SUBJECT else words


def _in_words(line: Line, language: Language, zone: ZoneInfo) -> str:
    group = [GROUP[language].format(name=line.group)] if line.group else []
    opened = _time(line.opened_at, language, zone)
    if line.news is News.CLOSED and line.closed_at:
        when = UNTIL[language].format(opened=opened, closed=_time(line.closed_at, language, zone))
        return "• " + ", ".join([OVER[language].format(what=_what(line, language)), *group, when])
    since = SINCE[language].format(time=opened)
    return "• " + ", ".join([f"{SEVERITIES[line.severity][language]}: {_what(line, language)}", *group, since])


def _time(at: datetime, language: Language, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime(TIME[language])
