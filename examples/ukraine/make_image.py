"""Draws map.png: where the places of the German example lie. Needs Pillow only."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1600, 1000)
LAND, GRID, INK, DOT = "#e9e5da", "#d3cdbd", "#26241f", "#a8101f"
# degrees east, degrees north
PLACES = {
    "Kursk": (36.19, 51.73),
    "Stary Oskol": (37.84, 51.30),
    "Belgorod": (36.59, 50.60),
    "Charkiw": (36.23, 49.99),
    "Sumy": (34.80, 50.91),
}
WEST, NORTH, SCALE = 33.6, 52.3, 270
SQUEEZE = 0.63  # a degree of longitude is that much shorter than one of latitude, at 51 degrees


def place(east: float, north: float) -> tuple[float, float]:
    """The pixel of a place."""
    return 120 + (east - WEST) * SCALE * SQUEEZE * 1.6, 60 + (NORTH - north) * SCALE * 1.3


def draw() -> Image.Image:
    """The whole picture: a grid of half degrees, a dot and a name for each place."""
    image = Image.new("RGB", SIZE, LAND)
    pen = ImageDraw.Draw(image)
    for step in range(14):
        x, y = place(WEST + step / 2, NORTH - step / 2)
        pen.line((x, 0, x, SIZE[1]), fill=GRID, width=2)
        pen.line((0, y, SIZE[0], y), fill=GRID, width=2)
    font = ImageFont.load_default(44)
    for name, (east, north) in PLACES.items():
        x, y = place(east, north)
        pen.ellipse((x - 13, y - 13, x + 13, y + 13), fill=DOT)
        pen.text((x + 26, y - 28), name, fill=INK, font=font)
    return image


if __name__ == "__main__":
    draw().save(Path(__file__).with_name("map.png"), optimize=True)
