"""Pictures that come in: only what they are by content counts, and none says where it was taken.

A file is looked at before its pixels are: a small one can hold a picture that would fill the memory.
"""

from io import BytesIO
from typing import Any, Final, NamedTuple

import PIL.Image
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL.Image import DecompressionBombError, DecompressionBombWarning
from PIL.JpegImagePlugin import JpegImageFile

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000

#: Pillow's names of the formats that browsers show, and the ends of files' names.
SUFFIXES: Final = {"JPEG": "jpeg", "PNG": "png", "WEBP": "webp"}
ACCEPTED: Final = "image/jpeg,image/png,image/webp"

_POSITION: Final = 0x8825  # the tag under which EXIF keeps what satellites said
_LOSSLESS: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": "keep"},  # its own tables: no step is rounded a second time
    "PNG": {},
    "WEBP": {"lossless": True},
}


class Picture(NamedTuple):
    content: bytes
    suffix: str
    width: int
    height: int


def take_in(content: bytes) -> Picture:
    """The picture as it is kept: without the position at which it was taken, otherwise as it came.

    Raises ValidationError, in one sentence, for what is too large, no picture, or none that is shown here.
    """
    refuse_size(len(content))
    try:
        with _opened(content) as picture:
            _refuse(picture)
            picture.load()
            if _tells_position(picture):
                content = _without_position(picture)
            return Picture(content, SUFFIXES[str(picture.format)], *picture.size)
    except (DecompressionBombError, DecompressionBombWarning):
        raise ValidationError(_too_many_pixels()) from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise ValidationError(_unreadable(content)) from None


def refuse_size(size: int) -> None:
    """Raises ValidationError for a file of too many bytes, which need not be read for that."""
    if size > MOST_BYTES:
        raise ValidationError(
            _("The file has %(size)d MB; at most %(most)d MB are kept. Save the picture smaller.")
            % {"size": -(-size // 1024**2), "most": MOST_BYTES // 1024**2}
        )


def _opened(content: bytes) -> PIL.Image.Image:
    picture = PIL.Image.open(BytesIO(content), formats=list(SUFFIXES))
    # Cameras append further pictures to a JPEG; the first is the picture.
    return JpegImageFile(BytesIO(content)) if picture.format == "MPO" else picture


def _refuse(picture: PIL.Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise ValidationError(_too_many_pixels())
    if getattr(picture, "is_animated", False):
        raise ValidationError(_("The picture moves: save one still of it as PNG."))


def _tells_position(picture: PIL.Image.Image) -> bool:
    xmp = picture.info.get("xmp", b"")
    xmp = xmp.encode() if isinstance(xmp, str) else xmp
    return _POSITION in picture.getexif() or b"GPS" in xmp


def _without_position(picture: PIL.Image.Image) -> bytes:
    """The same pixels, with their colour profile and the rest of EXIF; XMP, where it may stand too, goes."""
    exif = picture.getexif()
    if _POSITION in exif:
        del exif[_POSITION]
    file = BytesIO()
    kept = {"exif": exif, "icc_profile": picture.info.get("icc_profile")}
    picture.save(file, str(picture.format), **kept, **_LOSSLESS[str(picture.format)])
    return file.getvalue()


def _too_many_pixels() -> str:
    return _("The picture has more than %(most)d million pixels. Save it smaller.") % {
        "most": MOST_PIXELS // 1_000_000
    }


def _unreadable(content: bytes) -> str:
    if b"<svg" in content[:4096].lower():
        return _("SVG files can hold programs, so none is taken: save the picture as PNG.")
    return _("This is no picture that can be read: save it as JPEG, PNG or WebP.")
