"""Images of an export: right sizes, no metadata, same bytes, and clear words for what is no image."""

from __future__ import annotations

import io
import struct
import tempfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from liveblog_cli import images
from liveblog_cli.errors import LiveblogError

SECRET = b"52.520008 N 13.404954 E"
FRAMES = [Image.linear_gradient("L").rotate(90 * n) for n in range(3)]


def _with_metadata(path: Path) -> Path:
    """An image whose metadata says where it was made, in every place its format has for that."""
    text = SECRET.decode()
    exif = Image.Exif()
    exif[0x010E] = text
    exif.get_ifd(0x8825)[1] = text
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Comment", text)
    chunks.add_itxt("XML:com.adobe.xmp", text)
    places = {
        ".jpg": {"exif": exif, "comment": SECRET, "xmp": SECRET},
        ".png": {"exif": exif, "pnginfo": chunks},
        ".gif": {"comment": SECRET},
        ".webp": {"exif": exif, "xmp": SECRET},
        ".avif": {"exif": exif, "xmp": SECRET},
    }[path.suffix]
    moving = {"save_all": True, "append_images": FRAMES[1:]} if "moving" in path.stem else {}
    FRAMES[0].convert("RGB").save(path, **places, **moving)
    assert SECRET in path.read_bytes()
    return path


@pytest.mark.parametrize(
    "name",
    [
        "a.jpg",
        "a.png",
        "a.gif",
        "a.webp",
        "a.avif",
        "moving.gif",
        "moving.png",
        "moving.webp",
        "moving.avif",
    ],
)
def test_a_version_has_no_metadata(tmp_path: Path, name: str) -> None:
    """Not where it was taken, with what, or by whom: EXIF, XMP, IPTC, comments and text are gone."""
    path = _with_metadata(tmp_path / name)
    found = images.facts(path)
    for width, data in images.versions(path, found.widths()):
        assert SECRET not in data
        with Image.open(io.BytesIO(data)) as version:
            assert version.size == (width, found.height_at(width))
            assert not version.getexif()
            assert found.moves == (name.startswith("moving"))
            assert getattr(version, "n_frames", 1) == (3 if found.moves else 1)


def test_the_cameras_rotation_is_applied(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = Image.new("RGB", (600, 300), "white")
    picture.paste("black", (0, 0, 60, 300))  # left when lying, on top when upright
    picture.save(tmp_path / "a.jpg", exif=exif)
    assert images.measure(tmp_path / "a.jpg") == (300, 600)
    [(width, data)] = images.versions(tmp_path / "a.jpg", (300,))
    with Image.open(io.BytesIO(data)) as version:
        assert version.size == (width, 600) == (300, 600)
        assert version.convert("L").getpixel((150, 10)) < 60
        assert version.convert("L").getpixel((150, 590)) > 200


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (300, (300,)),
        (500, (500,)),
        (1000, (480, 1000)),
        (1200, (480, 960, 1200)),
        (5000, (480, 960, 1600)),
    ],
)
def test_no_version_is_wider_than_its_original(width: int, widths: tuple[int, ...]) -> None:
    assert images.Facts(width, 900, "jpg", moves=False).widths() == widths


def test_versions_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    Image.effect_noise((1300, 700), 80).convert("RGB").save(tmp_path / "a.jpg")
    first = list(images.versions(tmp_path / "a.jpg", (480, 960)))
    assert first == list(images.versions(tmp_path / "a.jpg", (480, 960)))


def _green_for_red() -> bytes:
    """A sound colour profile that is not sRGB: in it the first channel is green, the second red."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = data.replace("sRGB".encode("utf-16-be"), "GRBx".encode("utf-16-be"))
    return data.replace(b"rXYZ", b"tmp!").replace(b"gXYZ", b"rXYZ").replace(b"tmp!", b"gXYZ")


def test_other_colours_become_those_of_srgb(tmp_path: Path) -> None:
    """A profile that is not sRGB's is applied, then left out."""
    path = tmp_path / "a.png"
    Image.new("RGB", (50, 50), (255, 0, 0)).save(path, icc_profile=_green_for_red())
    [(_, data)] = images.versions(path, (50,))
    with Image.open(io.BytesIO(data)) as version:
        assert "icc_profile" not in version.info
        red, green, _ = version.getpixel((5, 5))
        assert (red, green) == (0, 255)


def test_a_profile_that_does_not_fit_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "cmyk.jpg"
    Image.new("CMYK", (50, 50), (0, 255, 255, 0)).save(path, icc_profile=_green_for_red())
    [(_, data)] = images.versions(path, (50,))
    with Image.open(io.BytesIO(data)) as version:
        assert version.mode == "RGB"
        assert "icc_profile" not in version.info


def test_transparency_stays(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (1000, 500), (255, 0, 0, 0))
    picture.save(tmp_path / "a.png")
    for _, data in images.versions(tmp_path / "a.png", (480, 1000)):
        with Image.open(io.BytesIO(data)) as version:
            assert version.convert("RGBA").getpixel((5, 5))[3] == 0


def _png(side: int) -> bytes:
    """The beginning of a PNG of so many pixels a side."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)), (b"IDAT", b"x")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.jpg", b"", "is empty"),
        ("a.jpg", b"hello", "is not an image that can be read"),
        ("a.svg", b"<?xml version='1.0'?><svg onload='alert(1)'/>", "is an SVG"),
        ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is not an image"),
        ("a.png", _png(11_000), "is too large: 11000 x 11000"),
        ("a.png", _png(60_000), "is too large: far too many"),
    ],
)
def test_what_is_no_image_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(LiveblogError, match=words) as caught:
        images.measure(path)
    assert str(path) in caught.value.message


def test_a_truncated_image_is_refused(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png", "a.webp", "a.avif"):
        path = tmp_path / name
        Image.effect_noise((400, 400), 80).convert("RGB").save(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(LiveblogError, match=r"damaged|not an image"):
            images.measure(path)
        with pytest.raises(LiveblogError, match=r"damaged|not an image"):
            list(images.versions(path, (400,)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LiveblogError, match="no such file"):
        images.measure(tmp_path / "gone.jpg")
    with pytest.raises(LiveblogError, match="is not a file"):
        images.measure(tmp_path)


def _seed(ending: str) -> bytes:
    data = io.BytesIO()
    frames = [Image.effect_noise((40, 30), 80).convert("RGB") for _ in range(2)]
    kind = {"jpg": "JPEG"}.get(ending, ending.upper())
    moving = {} if ending == "jpg" else {"save_all": True, "append_images": frames[1:]}
    frames[0].save(data, kind, **moving)
    return data.getvalue()


SEEDS = [_seed(ending) for ending in ("jpg", "png", "gif", "webp", "avif")]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_any_damage_is_one_clear_refusal(seed: bytes, changes: list[tuple[int, int]]) -> None:
    data = bytearray(seed)
    for place, value in changes:
        data[place % len(data)] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(data)
        said = str(path)
        try:
            found = images.facts(path)
            made = [width for width, _ in images.versions(path, found.widths())]
        except LiveblogError as error:
            said, made = error.message, [0]
        assert made
        assert str(path) in said


def test_an_animation_of_too_many_frames_is_refused_at_once(tmp_path: Path) -> None:
    """2 MB of GIF may hold gigapixels, and each frame would have to be drawn anew."""
    still = io.BytesIO()
    Image.new("P", (3000, 3000)).save(still, "GIF")
    data = still.getvalue()
    start = data.index(b",", 13 + 3 * 2 ** ((data[10] & 7) + 1))
    frame = b"!\xf9\x04\0\x05\0\0\0" + data[start:-1]
    (tmp_path / "a.gif").write_bytes(data[:start] + frame * 100 + b";")
    with pytest.raises(LiveblogError, match="too large: 100 frames of 3000 x 3000 pixels"):
        images.facts(tmp_path / "a.gif")
