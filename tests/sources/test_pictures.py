"""Pictures that come in: their size, what they are by content, and where they say they were taken."""

import struct
import zlib
from io import BytesIO
from typing import Any

import PIL.Image
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import TiffImagePlugin

from cubaru.core.history import recording
from events.models import EventImage
from sources import pictures
from sources.pictures import take_in
from tests.desk_forms import added, filled, refusals
from tests.factories import EventFactory, EventImageFactory

POSITION = 0x8825
XMP = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="23,8N"/></x:xmpmeta>'


def picture(kind: str, **more: Any) -> bytes:
    file = BytesIO()
    image = PIL.Image.effect_mandelbrot((32, 24), (-2, -1.5, 1, 1.5), 50).convert("RGB")
    image.save(file, kind, **more)
    return file.getvalue()


def taken_in_havana() -> PIL.Image.Exif:
    exif = PIL.Image.Exif()
    exif[0x013B] = "Alberto Korda"
    exif[0x0112] = 6  # turned
    exif[POSITION] = {1: "N", 2: tuple(TiffImagePlugin.IFDRational(part) for part in (23, 8, 0))}
    return exif


@pytest.mark.parametrize(("kind", "suffix"), pictures.SUFFIXES.items())
def test_a_picture_is_kept_as_it_came(kind: str, suffix: str) -> None:
    content = picture(kind)
    assert take_in(content) == (content, suffix, 32, 24)


@pytest.mark.parametrize("kind", pictures.SUFFIXES)
def test_where_it_was_taken_goes_and_all_else_stays(kind: str) -> None:
    more: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    content = picture(kind, exif=taken_in_havana(), icc_profile=b"a profile", **more)
    with PIL.Image.open(BytesIO(content)) as before:
        assert POSITION in before.getexif()
        pixels = before.tobytes()
    kept = take_in(content).content
    with PIL.Image.open(BytesIO(kept)) as after:
        exif = after.getexif()
        assert POSITION not in exif
        assert exif.get_ifd(POSITION) == {}
        assert (exif[0x013B], exif[0x0112]) == ("Alberto Korda", 6)
        assert after.info["icc_profile"] == b"a profile"
        assert max(abs(one - other) for one, other in zip(after.tobytes(), pixels, strict=True)) <= 8
    assert take_in(kept).content == kept


def test_a_position_beside_exif_goes_too() -> None:
    content = picture("JPEG", xmp=XMP)
    assert b"GPSLatitude" in content
    assert b"GPS" not in take_in(content).content


def test_the_first_picture_of_a_camera_is_the_picture() -> None:
    other = PIL.Image.new("RGB", (32, 24))
    content = picture("MPO", save_all=True, append_images=[other], exif=taken_in_havana())
    kept = take_in(content)
    assert kept[1:] == ("jpeg", 32, 24)
    with PIL.Image.open(BytesIO(kept.content)) as after:
        assert POSITION not in after.getexif()


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is a large picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving() -> bytes:
    return picture("WEBP", save_all=True, append_images=[PIL.Image.new("RGB", (32, 24))])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bomb(10_000, 6_001), "more than 60 million pixels"),
        (bomb(10_000, 9_000), "more than 60 million pixels"),
        (bomb(60_000, 60_000), "more than 60 million pixels"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG files can hold programs"),
        (b"<html><script>alert(1)</script></html>", "no picture that can be read"),
        (picture("GIF"), "no picture that can be read"),
        (picture("TIFF"), "no picture that can be read"),
        (picture("PNG")[:200], "no picture that can be read"),
        (picture("JPEG")[:400], "no picture that can be read"),
        (b"", "no picture that can be read"),
        (bytes(pictures.MOST_BYTES + 1), "The file has 21 MB; at most 20 MB"),
        (moving(), "The picture moves"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_taken_is_told_why(content: bytes, said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        take_in(content)
    (sentence,) = caught.value.messages
    assert said in sentence


@pytest.mark.django_db
def test_no_way_of_writing_takes_what_is_no_picture(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    event = EventFactory.create()
    image: Any = EventImageFactory.build(
        event=event, file=SimpleUploadedFile("flag.png", b"<svg/>", "image/png"), sha256=""
    )
    with pytest.raises(ValidationError) as caught, recording():
        image.save()
    assert list(caught.value.message_dict) == ["file"]
    assert not list(tmp_path.rglob("*.*"))


@pytest.mark.django_db
def test_the_form_asks_for_all_that_a_picture_needs(desk: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    event = EventFactory.create()
    address = f"/admin/events/event/{event.pk}/change/"
    form = filled(desk.get(address).content)
    file = SimpleUploadedFile("flag.jpg", b"<svg></svg>", "image/jpeg")
    said = refusals(desk.post(address, added(form, "images", file=file, caption_en="A flag.")).content)
    assert said == [
        "File: SVG files can hold programs, so none is taken: save the picture as PNG.",
        "Credit: Say who made the picture, and who holds it.",
        "Licence: Say under what licence the picture may be shown; “public domain” is one.",
        "Alternative text (English): Say in at least one language what is to be seen in the picture.",
    ]
    assert EventImage.objects.filter(event=event).count() == 0
