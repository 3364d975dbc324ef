"""Draws descent.png: the planned descent of Apollo 11's lunar module. Needs Pillow only."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1600, 900)
SKY, GROUND, INK, PATH = "#10131c", "#55524e", "#e8e6e1", "#ffb347"
# kilometres to the landing site, kilometres above the ground
PLAN = [(480, 15.2), (300, 13.4), (150, 10.5), (60, 6.0), (8, 2.3), (2, 0.6), (0.6, 0.15), (0, 0)]
PHASES = [("Braking", 300, 13.4), ("Approach", 8, 2.3), ("Landing", 0, 0)]


def place(distance: float, height: float) -> tuple[float, float]:
    """The pixel of a point of the plan. Distance is drawn as its square root to show the end."""
    return 1480 - (distance / 480) ** 0.5 * 1320, 780 - height / 16 * 640


def draw() -> Image.Image:
    """The whole picture."""
    image = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 780, SIZE[0], SIZE[1]), fill=GROUND)
    pen.line([place(*point) for point in PLAN], fill=PATH, width=8, joint="curve")
    font = ImageFont.load_default(40)
    for number, (name, distance, height) in enumerate(PHASES):
        x, y = place(distance, height)
        pen.ellipse((x - 14, y - 14, x + 14, y + 14), fill=INK)
        beside = (x + 24, y - 70) if distance else (x - 270, y + 22)
        pen.text(beside, f"{number + 1}. {name}", fill=INK, font=font)
    pen.text((160, 90), "15 km above the ground", fill=INK, font=font)
    pen.text((60, 812), "Sea of Tranquility", fill=INK, font=font)
    return image


if __name__ == "__main__":
    draw().save(Path(__file__).with_name("descent.png"), optimize=True)
