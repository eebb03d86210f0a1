#!/usr/bin/env python3
"""Makes altsendme.ico from integrations/icons/altsendme.svg: bitmaps up to 48 pixels, which every part of Windows reads, and a PNG of 256. Needs rsvg-convert."""
import pathlib, struct, subprocess, zlib

HERE = pathlib.Path(__file__).resolve().parent
SVG = HERE.parent / "icons" / "altsendme.svg"


def png(size):
    return subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), str(SVG)], check=True, capture_output=True).stdout


def rows(data, size):
    """The pixels of an RGBA PNG of eight bits a channel, row by row."""
    body, at = b"", 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IDAT":
            body += data[at + 8:at + 8 + length]
        at += 12 + length
    raw, before, stride = zlib.decompress(body), bytes(size * 4), size * 4
    for y in range(size):
        start = y * (stride + 1)
        kind, line = raw[start], bytearray(raw[start + 1:start + 1 + stride])
        for x in range(stride):
            a, b, c = (line[x - 4] if x >= 4 else 0), before[x], (before[x - 4] if x >= 4 else 0)
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line[x] = (line[x] + (0, a, b, (a + b) // 2, paeth)[kind]) & 0xFF
        before = bytes(line)
        yield before


def bitmap(size):
    pixels = b"".join(b"".join(bytes((row[i + 2], row[i + 1], row[i], row[i + 3])) for i in range(0, size * 4, 4)) for row in reversed(list(rows(png(size), size))))
    mask = bytes(((size + 31) // 32) * 4 * size)
    return struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0) + pixels + mask


images = [(size, bitmap(size)) for size in (16, 24, 32, 48)] + [(256, png(256))]
head, body, offset = struct.pack("<HHH", 0, 1, len(images)), b"", 6 + 16 * len(images)
for size, image in images:
    head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset + len(body))
    body += image
(HERE / "altsendme.ico").write_bytes(head + body)
