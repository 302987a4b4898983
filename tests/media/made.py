"""Files as phones, offices and attackers make them."""

import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image, ImageCms, ImageDraw

MAKER, MODEL, SERIAL, AUTHOR = "Hoalan Telecom", "HLT-9 Pro", "SN-4471-0093", "Nguyen Thi Lan"
COMMENT = "comment of the camera"
LATITUDE = bytes((0, 0, 0, 21, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0x12, 0x67, 0, 0, 0, 100))
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description exif:GPSLatitude="21,7.785N" '
    b'dc:creator="Nguyen Thi Lan" tiff:Model="HLT-9 Pro"/></rdf:RDF></x:xmpmeta>'
)
TELLING = [
    *(word.encode() for word in (MAKER, MODEL, SERIAL, AUTHOR, COMMENT, "Exif\0", "GPSLatitude", "xmpmeta", "8BIM")),
    *(LATITUDE, LATITUDE[::-1], b"2026:11:20"),
]  # what no clean copy may hold


def photo(seed: int = 1, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture of something: areas, lines and shapes, as different from another seed's as two photos are."""
    random = Random(seed)
    picture = Image.new("RGB", size, _colour(random))
    draw = ImageDraw.Draw(picture)
    for _ in range(random.randint(6, 14)):
        x, y = random.randrange(size[0]), random.randrange(size[1])
        box = (x - random.randint(20, 250), y - random.randint(20, 250), x + random.randint(20, 250), y + 90)
        (draw.ellipse if random.random() < 0.5 else draw.rectangle)(box, fill=_colour(random))
    return picture


def page(seed: int) -> Image.Image:
    """A scanned sheet: dark words on white, as different from another seed's as two letters are."""
    random = Random(seed)
    sheet = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(sheet)
    y = 60
    while y < 800:
        x, end = 60 + random.choice((0, 0, 30, 150)), random.randint(200, 570)
        while x < end:
            wide = random.randint(10, 60)
            draw.rectangle((x, y, x + wide, y + 8), fill="black")
            x += wide + 6
        y += random.choice((16, 16, 16, 40))
    return sheet


def exif(orientation: int = 1, zone: str = "", *, place: bool = True) -> Image.Exif:
    """As a phone writes it."""
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x0112], made[0x013B] = MAKER, MODEL, orientation, AUTHOR
    details = made.get_ifd(0x8769)
    details[0x9003], details[0xA431], details[0x927C] = "2026:11:20 07:30:00", SERIAL, SERIAL.encode() * 3
    if zone:
        details[0x9011] = zone
    if place:
        gps = made.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", (21.0, 7.0, 47.11), "E", (105.0, 49.0, 50.0)
    return made


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    made = BytesIO()
    picture.save(made, format=kind, **options)
    return made.getvalue()


def telling_jpeg(orientation: int = 1, seed: int = 1) -> bytes:
    """With everything that a camera and its owner may write into it."""
    whole = saved(
        photo(seed),
        "JPEG",
        quality=90,
        exif=exif(orientation),
        xmp=XMP,
        comment=COMMENT,
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    return whole[:2] + _app(0xED, b"Photoshop 3.0\x008BIM\x04\x04" + AUTHOR.encode()) + whole[2:]


def zipped(members: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def box(name: bytes, content: bytes) -> bytes:
    """Of the ISO base media format."""
    return (8 + len(content)).to_bytes(4, "big") + name + content


def film(seconds: float, brand: bytes = b"isom", notes: bytes = b"", media: int = 100) -> bytes:
    """The head of a film; the movie header after the media, as phones write it."""
    header = bytes(12) + (1000).to_bytes(4, "big") + round(seconds * 1000).to_bytes(4, "big") + bytes(80)
    moov = box(b"moov", box(b"mvhd", header) + (box(b"udta", notes) if notes else b""))
    return box(b"ftyp", brand + bytes(4) + brand) + box(b"mdat", bytes(media)) + moov


def put(folder: Path, content: bytes) -> Path:
    path = folder / "handed-in"
    path.write_bytes(content)
    return path


def _app(number: int, content: bytes) -> bytes:
    return bytes([0xFF, number]) + (len(content) + 2).to_bytes(2, "big") + content


def _colour(random: Random) -> tuple[int, int, int]:
    return random.randrange(256), random.randrange(256), random.randrange(256)
