"""Media: the kinds of files, what their names may claim, and what is known of their content.

Conversions to PDF are in `conversions.py`, byte ranges in `byte_ranges.py`, signed addresses in `signed_addresses.py`.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from infoscreen.domain.errors import Conflict, TooLarge, UnsupportedKind

MAX_NAME_LENGTH = 255


class Kind(StrEnum):
    """The kinds of media that can be uploaded, by their usual name endings."""

    PDF = "pdf"
    PPT = "ppt"
    PPTX = "pptx"
    ODP = "odp"
    MP4 = "mp4"
    WEBM = "webm"
    AVI = "avi"
    MKV = "mkv"
    MOV = "mov"
    JPG = "jpg"
    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    SVG = "svg"
    HTML = "html"


CONVERTED = frozenset({Kind.PPT, Kind.PPTX, Kind.ODP})
SLIDES = CONVERTED | {Kind.PDF}
VIDEOS = frozenset({Kind.MP4, Kind.WEBM, Kind.AVI, Kind.MKV, Kind.MOV})
PICTURES = frozenset({Kind.JPG, Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.SVG})

MIME_TYPES: Mapping[Kind, str] = {
    Kind.PDF: "application/pdf",
    Kind.PPT: "application/vnd.ms-powerpoint",
    Kind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Kind.ODP: "application/vnd.oasis.opendocument.presentation",
    Kind.MP4: "video/mp4",
    Kind.WEBM: "video/webm",
    Kind.AVI: "video/x-msvideo",
    Kind.MKV: "video/x-matroska",
    Kind.MOV: "video/quicktime",
    Kind.JPG: "image/jpeg",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.GIF: "image/gif",
    Kind.WEBP: "image/webp",
    Kind.SVG: "image/svg+xml",
    Kind.HTML: "text/html; charset=utf-8",
}
# Contents that a name may stand for besides its own: cameras write one for the other, and WebM is a subset of Matroska.
ALSO_FITS: Mapping[Kind, Collection[Kind]] = {
    Kind.JPEG: {Kind.JPG},
    Kind.MP4: {Kind.MOV},
    Kind.MOV: {Kind.MP4},
    Kind.MKV: {Kind.WEBM},
}
NAME_ENDINGS = {**{kind.value: kind for kind in Kind}, "htm": Kind.HTML}


class WrongKind(UnsupportedKind):
    """The content is none of the accepted kinds, or another than the name says."""

    code = "wrong_kind"


class UnreadableMedia(UnsupportedKind):
    """The content is of an accepted kind but broken, or protected by a password."""

    code = "unreadable_media"


class FileTooLarge(TooLarge):
    """A file is larger than uploads may be; `megabytes` is the limit."""

    code = "file_too_large"


class MediaInUse(Conflict):
    """Events still show the medium; `events` names them."""

    code = "media_in_use"


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How large a file and how long a video may be."""

    max_bytes: int
    max_video_seconds: int


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What a content says about itself; None is what it does not say or nobody could read."""

    kind: Kind
    page_count: int | None = None
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    bitrate: int | None = None

    @property
    def mime_type(self) -> str:
        """The media type it is served with."""
        return MIME_TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class SlideContent:
    """A PDF as devices get it: its name, the path of its address, sha256, and size in bytes."""

    name: str
    path: str
    checksum: str
    size: int


@dataclass(frozen=True, slots=True)
class VideoContent:
    """A video as devices get it; duration in seconds, bitrate in bits per second."""

    name: str
    path: str
    checksum: str
    size: int
    mime_type: str
    duration: float | None
    resolution: str | None
    bitrate: int | None


def claimed_kind(name: str) -> Kind | None:
    """The kind a file name claims, None when it claims nothing; raises `WrongKind` for an ending of another kind."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    if not re.fullmatch(r"[a-z][a-z0-9]{1,4}", ending):
        return None
    if ending not in NAME_ENDINGS:
        raise WrongKind(name=name)
    return NAME_ENDINGS[ending]


def agreed_kind(name: str, found: Kind | None) -> Kind:
    """The kind of a file by its content, if its name does not claim another; raises `WrongKind`."""
    claimed = claimed_kind(name)
    if found is None or (claimed not in (None, found) and found not in ALSO_FITS.get(claimed, ())):
        raise WrongKind(name=name)
    return found if claimed is None else claimed


def shown_name(name: str) -> str:
    """A given name without what cannot be shown, and not too long."""
    printable = "".join(character for character in name if character.isprintable()).strip()
    stem, ending = PurePosixPath(printable or "?").stem, PurePosixPath(printable).suffix
    return printable if len(printable) <= MAX_NAME_LENGTH else stem[: MAX_NAME_LENGTH - len(ending)] + ending


def name_in_address(name: str, ending: str | None = None) -> str:
    """A name as the last part of an address, before quoting, with another ending if one is given."""
    named = re.sub(r"[/\\]", "_", name)
    return named if ending is None else f"{PurePosixPath(named).stem}.{ending}"
