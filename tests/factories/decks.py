"""Presentations and other files, made here so that tests need none from outside."""

import io
import struct
import subprocess
import zipfile
from pathlib import Path

from PIL import Image

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NAMESPACES = f'xmlns:a="{_DRAWING}" xmlns:r="{_RELATIONS}" xmlns:p="{_SLIDES}"'
_TREE_HEAD = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
_LINKED = (
    '<p:pic><p:nvPicPr><p:cNvPr id="3" name="p"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:link="rId9"/>'
    '<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="4000000" cy="2000000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ODP_TYPE = "application/vnd.oasis.opendocument.presentation"
_PART_TYPE = "application/vnd.openxmlformats-officedocument.presentationml"


def pptx(*texts: str, linked_picture: Path | None = None) -> bytes:
    """A minimal PPTX with a slide for each text; with a link, each shows a picture it does not hold."""
    parts = {
        "[Content_Types].xml": _content_types(len(texts)),
        "_rels/.rels": _relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": _presentation(len(texts)),
        "ppt/_rels/presentation.xml.rels": _relations(
            ("slideMaster", "slideMasters/slideMaster1.xml"),
            *(("slide", f"slides/slide{number}.xml") for number in range(1, len(texts) + 1)),
        ),
        "ppt/slideMasters/slideMaster1.xml": _master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations(
            ("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")
        ),
        "ppt/slideLayouts/slideLayout1.xml": (
            f"<p:sldLayout {_NAMESPACES}><p:cSld><p:spTree>{_TREE_HEAD}</p:spTree></p:cSld></p:sldLayout>"
        ),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _relations(("slideMaster", "../slideMasters/slideMaster1.xml")),
        "ppt/theme/theme1.xml": f'<a:theme xmlns:a="{_DRAWING}" name="plain"><a:themeElements/></a:theme>',
    }
    for number, text in enumerate(texts, start=1):
        parts[f"ppt/slides/slide{number}.xml"] = _slide(text, _LINKED if linked_picture else "")
        relations = _relations(("slideLayout", "../slideLayouts/slideLayout1.xml"))
        if linked_picture:
            link = f'<Relationship Id="rId9" Type="{_RELATIONS}/image" TargetMode="External" '
            link += f'Target="{linked_picture.as_uri()}"/></Relationships>'
            relations = relations.replace("</Relationships>", link)
        parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations
    return zipped({name: (_XML + part).encode() for name, part in parts.items()})


def odp(*texts: str, encrypted: bool = False) -> bytes:
    """A minimal ODP with a page for each text; encrypted by its manifest only."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    namespaces = " ".join(f'xmlns:{name}="{office}:{name}:1.0"' for name in ("office", "text", "presentation"))
    namespaces += f' xmlns:draw="{office}:drawing:1.0"'
    pages = "".join(f'<draw:page draw:name="{text}"></draw:page>' for text in texts)
    body = f"<office:body><office:presentation>{pages}</office:presentation></office:body>"
    manifest = f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
    for entry, sort in (("/", _ODP_TYPE), ("content.xml", "text/xml")):
        manifest += f'<manifest:file-entry manifest:full-path="{entry}" manifest:media-type="{sort}"/>'
    manifest += "<manifest:encryption-data/>" if encrypted else ""
    return zipped(
        {
            "mimetype": _ODP_TYPE.encode(),
            "content.xml": f'<office:document-content {namespaces} office:version="1.2">{body}'
            "</office:document-content>".encode(),
            "META-INF/manifest.xml": f"{manifest}</manifest:manifest>".encode(),
        }
    )


def broken_pptx() -> bytes:
    """A PPTX to whoever looks at its parts, without a presentation in it."""
    return zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"this is no XML"})


def ole(*streams: str) -> bytes:
    """An OLE file of one directory sector (root and up to three streams without content)."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    header += b"\xff" * (512 - len(header))
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    directory = b"".join(_entry(name, 5 if name == "Root Entry" else 2) for name in ("Root Entry", *streams))
    return header + table + directory.ljust(512, b"\0")


def pdf(pages: int = 1) -> bytes:
    """A PDF of empty pages."""
    content = io.BytesIO()
    sheets = [Image.new("RGB", (160, 90), "white") for _ in range(pages)]
    sheets[0].save(content, "PDF", save_all=True, append_images=sheets[1:])
    return content.getvalue()


def picture(file_format: str = "PNG", size: tuple[int, int] = (640, 360)) -> bytes:
    """A picture of one colour."""
    content = io.BytesIO()
    Image.new("RGB", size, "navy").save(content, file_format)
    return content.getvalue()


def video(path: Path, seconds: float = 1, size: str = "64x36") -> bytes:
    """A real video, made with ffmpeg; the ending of the path says of which kind."""
    source = f"color=c=navy:s={size}:d={seconds}:r=5"
    command = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True)
    return path.read_bytes()


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            # Of a fixed date, so that the same parts are the same content; OpenDocument wants one part uncompressed.
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), part, how)
    return content.getvalue()


def _entry(name: str, sort: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(encoded), sort, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    return (encoded.ljust(64, b"\0") + links).ljust(128, b"\0")


def _content_types(slides: int) -> str:
    named = {"/ppt/presentation.xml": "presentation.main", "/ppt/slideMasters/slideMaster1.xml": "slideMaster"}
    named["/ppt/slideLayouts/slideLayout1.xml"] = "slideLayout"
    named |= {f"/ppt/slides/slide{number}.xml": "slide" for number in range(1, slides + 1)}
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{_PART_TYPE}.{sort}+xml"/>' for part, sort in named.items()
    )
    theme = "application/vnd.openxmlformats-officedocument.theme+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}<Override PartName="/ppt/theme/theme1.xml" ContentType="{theme}"/></Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{sort}" Target="{target}"/>'
        for number, (sort, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _presentation(slides: int) -> str:
    listed = "".join(f'<p:sldId id="{255 + number}" r:id="rId{number + 1}"/>' for number in range(1, slides + 1))
    return (
        f'<p:presentation {_NAMESPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        f"</p:sldMasterIdLst><p:sldIdLst>{listed}</p:sldIdLst>"
        '<p:sldSz cx="9144000" cy="5143500"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )


def _master() -> str:
    roles = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2", "hlink": "hlink", "folHlink": "folHlink"}
    roles |= {f"accent{number}": f"accent{number}" for number in range(1, 7)}
    colours = " ".join(f'{role}="{colour}"' for role, colour in roles.items())
    return (
        f"<p:sldMaster {_NAMESPACES}><p:cSld><p:spTree>{_TREE_HEAD}</p:spTree></p:cSld><p:clrMap {colours}/>"
        '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>'
    )


def _slide(text: str, more: str) -> str:
    return (
        f"<p:sld {_NAMESPACES}><p:cSld><p:spTree>{_TREE_HEAD}"
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        '<p:spPr><a:xfrm><a:off x="900000" y="900000"/><a:ext cx="7000000" cy="1500000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="de" sz="4400"/><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>'
        f"{more}</p:spTree></p:cSld></p:sld>"
    )
