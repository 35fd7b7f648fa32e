"""Videos: by their first bytes, measured with ffprobe and pictured with ffmpeg, where these are installed."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import filetype
import structlog

from infoscreen.adapters.probe.pictures import THUMBNAIL_SIDE
from infoscreen.domain.media import Kind, MediaFacts, UnreadableMedia

log = structlog.get_logger()

# Neither program may take longer, in seconds.
TIME_LIMIT = 20
KINDS = {"mp4": Kind.MP4, "m4v": Kind.MP4, "mov": Kind.MOV, "mkv": Kind.MKV, "webm": Kind.WEBM, "avi": Kind.AVI}
# The container is named, because a guess could take the file for a playlist that has other files fetched.
DEMUXERS = {Kind.MP4: "mov", Kind.MOV: "mov", Kind.MKV: "matroska", Kind.WEBM: "matroska", Kind.AVI: "avi"}
CONFINED = ("-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file")


def kind(head: bytes) -> Kind | None:
    """The kind of video that begins like this."""
    found = filetype.video_match(head)
    return KINDS.get(found.extension) if found else None


def facts(path: Path, kind: Kind) -> MediaFacts:
    """Size, duration and bitrate, None without ffprobe; raises `UnreadableMedia` when there is no moving picture."""
    if shutil.which("ffprobe") is None:
        return MediaFacts(kind)
    command = ("ffprobe", *CONFINED, "-f", DEMUXERS[kind], "-of", "json", "-show_format", "-show_streams")
    try:
        answer = subprocess.run((*command, f"file:{path}"), capture_output=True, timeout=TIME_LIMIT, check=True)
    except subprocess.TimeoutExpired:
        log.warning("video_not_measured", reason="timeout")
        return MediaFacts(kind)
    except subprocess.CalledProcessError as error:
        raise UnreadableMedia from error
    return _read(kind, json.loads(answer.stdout))


def _read(kind: Kind, told: dict[str, Any]) -> MediaFacts:
    pictures = [stream for stream in told.get("streams", []) if stream.get("codec_type") == "video"]
    if not pictures:
        raise UnreadableMedia
    container, picture = told.get("format", {}), pictures[0]
    duration = _number(container.get("duration"))
    bitrate = _number(container.get("bit_rate"))
    return MediaFacts(
        kind,
        width=picture.get("width"),
        height=picture.get("height"),
        duration=None if duration is None else round(duration, 3),
        bitrate=None if bitrate is None else round(bitrate),
    )


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:  # "N/A"
        return None


def thumbnail(path: Path) -> bytes | None:
    """The first picture; None without ffmpeg or when it fails."""
    if shutil.which("ffmpeg") is None:
        return None
    scale = f"scale='min({THUMBNAIL_SIDE},iw)':'min({THUMBNAIL_SIDE},ih)':force_original_aspect_ratio=decrease"
    output = ("-frames:v", "1", "-vf", scale, "-f", "image2pipe", "-c:v", "mjpeg", "-q:v", "4", "pipe:1")
    command = ("ffmpeg", *CONFINED, "-nostdin", "-i", f"file:{path}", *output)
    try:
        answer = subprocess.run(command, capture_output=True, timeout=TIME_LIMIT, check=True)
    except subprocess.SubprocessError as error:
        log.warning("video_without_thumbnail", reason=type(error).__name__)
        return None
    return answer.stdout or None
