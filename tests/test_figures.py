"""Images are published without what cameras and drawing programs write into them."""

import struct
import zlib

import pytest

from generator.figures import FigureError, published, unfit

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


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG[:8] + chunk(b"IHDR", head) + PIXELS[1] + chunk(b"IEND", b"")


def jpg(width: int, height: int) -> bytes:
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 0))
    return b"\xff\xd8" + segment(0xDB, b"\0" * 65) + frame + SCAN


def webp(width: int, height: int) -> list[bytes]:
    extended = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    lossless = b"\x2f" + (width - 1 | height - 1 << 14).to_bytes(4, "little")
    lossy = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height)
    return [riff((b"VP8X", extended)), riff((b"VP8L", lossless)), riff((b"VP8 ", lossy))]


def images(width: int, height: int) -> list[tuple[str, bytes]]:
    """One of each format."""
    return [
        ("a.png", png(width, height)),
        ("a.jpg", jpg(width, height)),
        *(("a.webp", raw) for raw in webp(width, height)),
    ]


@pytest.mark.parametrize(("name", "raw"), images(8000, 5000))
def test_forty_megapixels_are_too_many(name: str, raw: bytes) -> None:
    assert str(unfit(name, raw)).startswith(f"the image '{name}' has 40 megapixels, at most 12 are wanted")


@pytest.mark.parametrize(("name", "raw"), images(4000, 3000))
def test_what_a_phone_takes_is_fit(name: str, raw: bytes) -> None:
    assert unfit(name, raw) is None


@pytest.mark.parametrize(
    ("attributes", "inside", "part"),
    [
        ("", "<script>alert(1)</script>", "script"),
        ("", "<foreignObject/>", "foreignObject"),
        (' onload="alert(1)"', "", "onload"),
        ("", '<a href=" JavaScript:alert(1)"/>', "href"),
    ],
)
def test_a_drawing_that_does_something_is_told(attributes: str, inside: str, part: str) -> None:
    raw = SVG.format(attributes=attributes, inside=inside).encode()
    assert f"the drawing holds '{part}'" in str(unfit("a.svg", raw))


def test_a_plain_drawing_and_a_damaged_image() -> None:
    assert unfit("a.svg", SVG.format(attributes="", inside="<path d='M0 0'/>").encode()) is None
    assert "damaged" in str(unfit("a.png", b"GIF89a"))
