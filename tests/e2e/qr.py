"""What a camera sees of a QR code in a terminal: characters become pixels, which a real decoder reads."""

import re

import zxingcpp
from PIL import Image

DRAWN = re.compile(r"[█▀▄ #]{25,}")
ESCAPE = re.compile(r"\033\[([\d;]*)m|(.)")
SCALE = 4
LIGHT = {"107": ("ground", True), "40": ("ground", False), "97": ("ink", True)}


def cells(line, dark):
    """Each character's upper and lower half, whether it is light; on a terminal that is dark, or light."""
    colours = start = {"ink": dark, "ground": not dark}
    for codes, character in ESCAPE.findall(line):
        if not character:
            for code in codes.split(";"):
                colours = start if code == "0" else {**colours, LIGHT[code][0]: LIGHT[code][1]}
            continue
        ink, ground = colours["ink"], colours["ground"]
        yield {"█": (ink, ink), "#": (ink, ink), "▀": (ink, ground), "▄": (ground, ink), " ": (ground, ground)}[character]


def read(lines, dark=True):
    """The bytes of the one code among LINES; and how many columns it takes."""
    lines = [line.strip("\r\n") for line in lines]
    drawn = [list(cells(line, dark)) for line in lines if DRAWN.fullmatch(re.sub(r"\033\[[\d;]*m", "", line))]
    width = len(drawn[0])
    assert all(len(row) == width for row in drawn)
    image = Image.new("L", (width * SCALE, 2 * len(drawn) * SCALE))
    image.putdata([255 * row[x // SCALE][half] for row in drawn for half in (0, 1) for _ in range(SCALE) for x in range(width * SCALE)])
    [code] = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False, try_rotate=False)
    return bytes(code.bytes), width
