"""Images are published without what cameras and drawing programs write into them."""

import struct
import zlib

import pytest

from generator.figures import FigureError, published

NOTE = b"zq7secret"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PIXELS = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), chunk(b"IDAT", zlib.compress(b"\0\0"))
PNG = b"\x89PNG\r\n\x1a\n" + b"".join(PIXELS) + chunk(b"IEND", b"")


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


SCAN = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd9"
JPG = b"\xff\xd8" + segment(0xE0, b"JFIF\0") + segment(0xDB, b"\0" * 65) + SCAN


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


HEAD, BARE_HEAD = bytes([0b00101100]) + b"\0" * 9, b"\0" * 10
WEBP = riff((b"VP8X", BARE_HEAD), (b"VP8L", b"pixel"))


@pytest.mark.parametrize(
    ("name", "raw", "bare"),
    [
        ("a.png", PNG, PNG),
        ("a.png", PNG[:-12] + chunk(b"tEXt", NOTE) + chunk(b"eXIf", NOTE) + PNG[-12:] + NOTE, PNG),
        ("a.jpg", JPG, JPG),
        ("a.jpg", JPG[:2] + segment(0xE1, NOTE) + segment(0xFE, NOTE) + JPG[2:] + NOTE, JPG),
        ("a.webp", WEBP, WEBP),
        ("a.webp", riff((b"VP8X", HEAD), (b"VP8L", b"pixel"), (b"EXIF", NOTE), (b"XMP ", NOTE)), WEBP),
    ],
)
def test_only_the_pixels_are_left(name: str, raw: bytes, bare: bytes) -> None:
    assert published(name, raw) == bare


SVG = '<svg xmlns="http://www.w3.org/2000/svg"{attributes}>{inside}</svg>'


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        ("", "<!-- zq7secret -->"),
        ("", "<metadata>zq7secret</metadata>"),
        ("", "<title>zq7secret</title>"),
        ("", "<script>zq7secret()</script>"),
        ("", "<foreignObject><p>zq7secret</p></foreignObject>"),
        ("", "<style>path { fill: url(https://zq7secret) }</style>"),
        ("", '<a href="https://zq7secret/"/>'),
        (' onload="zq7secret()"', ""),
        (' xmlns:i="urn:i" i:docname="zq7secret.svg"', ""),
        (' style="background: url(//zq7secret)"', ""),
    ],
)
def test_a_drawing_keeps_only_its_shapes(attributes: str, inside: str) -> None:
    drawn = '<path id="p" d="M0 0h9" fill="url(#g)"/><use href="#p"/>'
    left = published("a.svg", SVG.format(attributes=attributes, inside=inside + drawn).encode())
    assert NOTE not in left
    assert b'd="M0 0h9"' in left
    assert b'fill="url(#g)"' in left
    assert b'href="#p"' in left


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.png", b""),
        ("a.png", JPG),
        ("a.png", PNG[:20]),
        ("a.jpg", PNG),
        ("a.jpg", JPG[:6]),
        ("a.jpg", b"\xff\xd8\x00\x00\x00\x00"),
        ("a.webp", b"RIFF"),
        ("a.svg", b"<svg"),
        ("a.svg", b"<html/>"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'),
    ],
)
def test_what_its_name_does_not_promise_is_refused(name: str, raw: bytes) -> None:
    with pytest.raises(FigureError, match=r"image"):
        published(name, raw)
