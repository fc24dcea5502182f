"""Images as they are published: what is seen, without what cameras and drawing programs write into them."""

import re
import struct
from collections.abc import Iterator
from xml.etree import ElementTree

from generator.messages import Message, say

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs")
)
_WEBP_DROPPED = frozenset((b"EXIF", b"XMP ", b"ICCP"))
_WEBP_FLAGS = 0b00101100
"""The bits of the VP8X header that announce a colour profile, EXIF and XMP."""
_SVG = "http://www.w3.org/2000/svg"
_SVG_DROPPED = frozenset(("metadata", "script", "foreignObject", "title", "desc"))
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_CSS_ADDRESS = re.compile(r"(?:url\s*\(\s*['\"]?(?!#)|@import)", re.IGNORECASE)


ENDINGS = (".png", ".jpg", ".webp", ".svg")
MOST_PIXELS = 12_000_000
"""As many as a phone takes; a page shows a tenth of them, and a phone must unpack all."""


class FigureError(ValueError):
    """Why an image cannot be published, as a sentence."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def unfit(name: str, raw: bytes) -> Message | None:
    """Why an image must not be shown, or None: damaged, too large, or a drawing that does something."""
    try:
        left = published(name, raw)
    except FigureError as error:
        return error.message
    if name.endswith(".svg"):
        return _active(raw)
    width, height = _size(name.rpartition(".")[2], left)
    if width * height <= MOST_PIXELS:
        return None
    return say(
        "the image '{name}' has {found} megapixels, at most {most} are wanted; save it smaller, 2000 px wide",
        name=name,
        found=width * height // 1_000_000,
        most=MOST_PIXELS // 1_000_000,
    )


def _active(raw: bytes) -> Message | None:
    """What a drawing would do beside being seen; it is never published, but its maker should know."""
    part = next(_deeds(ElementTree.fromstring(raw)), None)
    if part is None:
        return None
    return say("the drawing holds '{part}', which a handbook does not show; save it as plain SVG", part=part)


def _deeds(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name in ("script", "foreignObject"):
            yield name
        for key, value in element.attrib.items():
            if key.lower().startswith("on") or value.strip().lower().startswith("javascript:"):
                yield key.rpartition("}")[2]


def _size(ending: str, raw: bytes) -> tuple[int, int]:
    """Width and height in pixels; nothing where the image does not say."""
    if ending == "png":
        return struct.unpack_from(">II", raw, 16)
    if ending == "jpg":
        return next(_frames(raw), (0, 0))
    return _webp_size(raw)


def _frames(raw: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 9 <= len(raw) and raw[at + 1] != 0xDA:
        marker, (length,) = raw[at + 1], struct.unpack_from(">H", raw, at + 2)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", raw, at + 5)
            yield width, height
        at += 2 + length


def _webp_size(raw: bytes) -> tuple[int, int]:
    name = raw[12:16]
    if name == b"VP8X" and len(raw) >= 30:
        return int.from_bytes(raw[24:27], "little") + 1, int.from_bytes(raw[27:30], "little") + 1
    if name == b"VP8L" and len(raw) >= 25:
        bits = int.from_bytes(raw[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 " and len(raw) >= 30:
        width, height = struct.unpack_from("<HH", raw, 26)
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def published(name: str, raw: bytes) -> bytes:
    """The image without its metadata, its pixels untouched; FigureError where its name lies."""
    ending = name.rpartition(".")[2]
    try:
        return {"png": _png, "jpg": _jpg, "webp": _webp, "svg": _svg}[ending](raw)
    except (struct.error, IndexError, ValueError, ElementTree.ParseError) as error:
        if isinstance(error, FigureError):
            raise
        raise FigureError(
            say("the image '{name}' is damaged or no {ending}", name=name, ending=ending)
        ) from error


def _png(raw: bytes) -> bytes:
    if not raw.startswith(_PNG):
        raise ValueError
    parts, at = [_PNG], len(_PNG)
    while at < len(raw):
        (length,) = struct.unpack_from(">I", raw, at)
        end = at + 12 + length
        if end > len(raw):
            raise ValueError
        if raw[at + 4 : at + 8] in _PNG_KEPT:
            parts.append(raw[at:end])
        at = len(raw) if raw[at + 4 : at + 8] == b"IEND" else end
    return b"".join(parts)


def _jpg(raw: bytes) -> bytes:
    """Without application data but the colour transform, and without comments, up to the pixels."""
    if raw[:2] != b"\xff\xd8":
        raise ValueError
    parts, at = [raw[:2]], 2
    while raw[at + 1] != 0xDA:
        if raw[at] != 0xFF:
            raise ValueError
        (length,) = struct.unpack_from(">H", raw, at + 2)
        marker = raw[at + 1]
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            parts.append(raw[at : at + 2 + length])
        at += 2 + length
    end = raw.rindex(b"\xff\xd9") + 2
    return b"".join([*parts, raw[at:end]])


def _webp(raw: bytes) -> bytes:
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP":
        raise ValueError
    body = b"".join(chunk for name, chunk in _riff(raw) if name not in _WEBP_DROPPED)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _riff(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(raw):
        (length,) = struct.unpack_from("<I", raw, at + 4)
        end = at + 8 + length + length % 2
        chunk = raw[at:end]
        if raw[at : at + 4] == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS & 0xFF]) + chunk[9:]
        yield raw[at : at + 4], chunk
        at = end


def _svg(raw: bytes) -> bytes:
    """Drawn shapes only: no scripts, no events, no addresses outside the drawing, no editor's notes."""
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise FigureError(say("an SVG image must not declare a document type; save it as plain SVG"))
    root = ElementTree.fromstring(raw)
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError
    _clean(root)
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    text: bytes = ElementTree.tostring(root, encoding="utf-8")
    return text


def _clean(element: ElementTree.Element) -> None:
    for child in list(element):
        space, _, name = child.tag.rpartition("}")
        if space.lstrip("{") != _SVG or name in _SVG_DROPPED:
            element.remove(child)
        else:
            _clean(child)
    for name, value in list(element.attrib.items()):
        outside = name in _HREFS and not value.startswith("#")
        foreign = name.startswith("{") and name not in _HREFS
        if outside or foreign or name.lower().startswith("on") or _CSS_ADDRESS.search(value):
            del element.attrib[name]
    if element.text and _CSS_ADDRESS.search(element.text):
        element.text = ""
