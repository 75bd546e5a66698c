#!/usr/bin/env python3
# Writes the small font programs of files/: three letters, A (a triangle with a hole), B (a square with a hole) and C (a round),
# as TrueType, CFF, OpenType/CFF, CFF keyed by CID, and Type 1. usage: make_fonts.py DIRECTORY
import struct
import sys

LETTERS = {
    "A": [[(100, 0), (300, 700), (500, 0)], [(220, 150), (380, 150), (300, 430)]],
    "B": [[(100, 0), (100, 700), (500, 700), (500, 0)], [(200, 100), (400, 100), (400, 600), (200, 600)]],
    "C": [[(300, 0), ((160, 0), (50, 160), (50, 350)), ((50, 540), (160, 700), (300, 700)),
           ((440, 700), (550, 540), (550, 350)), ((550, 160), (440, 0), (300, 0))]],
}
NOTDEF = [[(50, 0), (50, 700), (100, 700), (100, 0)]]
WIDTH = 600
CIDS = [10, 20, 30]


def u16(*values):
    return b"".join(struct.pack(">H", v & 0xFFFF) for v in values)


def u32(*values):
    return b"".join(struct.pack(">I", v & 0xFFFFFFFF) for v in values)


# ---- TrueType (OpenType 1.9, glyf): the round becomes a polygon whose odd points are off the curve.
def truetype_glyph(contours):
    points, ends, flags = [], [], []
    for contour in contours:
        for p in contour:
            if isinstance(p[0], tuple):
                (x1, y1), (x2, y2), end = p
                points.append(((x1 + x2) // 2, (y1 + y2) // 2)), flags.append(0)
                points.append(end), flags.append(1)
            else:
                points.append(p), flags.append(1)
        if points[-1] == contour[0] and len(contour) > 1 and isinstance(contour[-1][0], tuple):
            points.pop(), flags.pop()
        ends.append(len(points) - 1)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    steps = lambda values: u16(*[b - a for a, b in zip([0] + values, values)])
    out = u16(len(contours), min(xs), min(ys), max(xs), max(ys)) + u16(*ends) + u16(0) + bytes(flags) + steps(xs) + steps(ys)
    return out + b"\0" * (-len(out) % 4)


def sfnt(tables, kind=b"\0\1\0\0"):
    out, body = kind + u16(len(tables), 64, 2, 16 * len(tables) - 64), b""
    start = 12 + 16 * len(tables)
    for name, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        total = sum(struct.unpack(">%dI" % (len(padded) // 4), padded)) & 0xFFFFFFFF
        out += name.encode() + u32(total, start + len(body), len(table))
        body += padded
    return out + body


def common_tables(count):
    head = u32(0x10000, 0x10000, 0, 0x5F0F3CF5) + u16(0, 1000) + b"\0" * 16 + u16(0, 0, 600, 700, 0, 8, 2, 1, 0)
    hhea = u32(0x10000) + u16(800, -200, 0, WIDTH) + b"\0" * 22 + u16(0, count)
    segments = u16(4, 32, 0, 4, 4, 1, 0, ord("C"), 0xFFFF, 0, ord("A"), 0xFFFF, 1 - ord("A"), 1, 0, 0)
    codes = bytearray(256)
    codes[65:68] = b"\1\2\3"
    cmap = u16(0, 2, 1, 0) + u32(20) + u16(3, 1) + u32(20 + 262) + u16(0, 262, 0) + bytes(codes) + segments
    return {"head": head, "hhea": hhea, "hmtx": u16(*[WIDTH, 0] * count), "cmap": cmap}


def truetype():
    glyphs = [truetype_glyph(c) for c in [NOTDEF, *LETTERS.values()]]
    offsets = [sum(map(len, glyphs[:i])) for i in range(len(glyphs) + 1)]
    maxp = u32(0x10000) + u16(len(glyphs), 64, 8, 0, 0, 2) + u16(*[0] * 8)
    return sfnt({**common_tables(len(glyphs)), "glyf": b"".join(glyphs), "loca": u32(*offsets), "maxp": maxp})


# ---- Charstrings (Adobe notes 5177, type 2, and Type 1 Font Format)
def number(v, long_form):
    if -107 <= v <= 107:
        return bytes([v + 139])
    if 108 <= v <= 1131:
        return bytes([(v - 108) // 256 + 247, (v - 108) % 256])
    if -1131 <= v <= -108:
        return bytes([(-v - 108) // 256 + 251, (-v - 108) % 256])
    return long_form(v)


def charstring(contours, long_form, close=b""):
    out, x, y = b"", 0, 0

    def go(points, operator):
        nonlocal out, x, y
        for px, py in points:
            out += number(px - x, long_form) + number(py - y, long_form)
            x, y = px, py
        out += bytes([operator])

    for contour in contours:
        go(contour[:1], 21)
        for p in contour[1:]:
            go(p, 8) if isinstance(p[0], tuple) else go([p], 5)
        out += close
    return out + b"\x0e"


# ---- CFF (Adobe note 5176)
def index(items):
    if not items:
        return u16(0)
    offsets = [1 + sum(map(len, items[:i])) for i in range(len(items) + 1)]
    return u16(len(items)) + b"\2" + u16(*offsets) + b"".join(items)


def entry(operator, *values):
    return b"".join(b"\x1d" + struct.pack(">i", v) for v in values) + operator


def cff(keyed_by_cid):
    glyphs = [charstring(c, lambda v: b"\x1c" + struct.pack(">h", v)) for c in [NOTDEF, *LETTERS.values()]]
    charstrings = index(glyphs)
    private = entry(b"\x14", WIDTH) + entry(b"\x15", WIDTH)
    charset = b"\0" + u16(*(CIDS if keyed_by_cid else [34, 35, 36]))  # 34 … are A … among the standard strings
    strings = index([b"Adobe", b"Identity"] if keyed_by_cid else [])

    def assemble(at):
        top = entry(b"\x0c\x1e", 391, 392, 0) if keyed_by_cid else b""
        top += entry(b"\x0f", at["charset"]) + entry(b"\x11", at["charstrings"])
        if keyed_by_cid:
            top += entry(b"\x0c\x24", at["fds"]) + entry(b"\x0c\x25", at["select"]) + entry(b"\x0c\x22", 100)
        else:
            top += entry(b"\x12", len(private), at["private"])
        out = b"\1\0\4\2" + index([b"ODETest"]) + index([top]) + strings + index([])
        found = {}
        parts = [("charset", charset), ("charstrings", charstrings), ("private", private)]
        if keyed_by_cid:
            parts += [("select", b"\0" + b"\0" * len(glyphs)), ("fds", index([entry(b"\x12", len(private), at["private"])]))]
        for name, part in parts:
            found[name] = len(out)
            out += part
        return out, found

    places = dict.fromkeys(["charset", "charstrings", "private", "select", "fds"], 0)
    places = assemble(places)[1]  # offsets always take five bytes, so the second time they are right
    return assemble(places)[0]


def opentype():
    tables = {**common_tables(4), "maxp": u32(0x5000) + u16(4), "CFF ": cff(False)}
    return sfnt(tables, b"OTTO")


# ---- Type 1: clear text, then the private part under eexec (Type 1 Font Format, 7).
def encrypted(data, key):
    out = bytearray()
    for byte in b"\0\0\0\0" + data:
        out.append(byte ^ (key >> 8))
        key = ((out[-1] + key) * 52845 + 22719) & 0xFFFF
    return bytes(out)


def type1():
    clear = (b"%!PS-AdobeFont-1.0: ODETest\n11 dict begin\n/FontName /ODETest def\n/FontType 1 def\n/PaintType 0 def\n"
             b"/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/FontBBox {0 0 600 700} readonly def\n"
             b"/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 65 /A put\ndup 66 /B put\ndup 67 /C put\n"
             b"readonly def\ncurrentdict end\ncurrentfile eexec\n")
    private = (b"dup /Private 8 dict dup begin\n/RD {string currentfile exch readstring pop} executeonly def\n"
               b"/ND {def} executeonly def\n/NP {put} executeonly def\n/BlueValues [] def\n/MinFeature {16 16} def\n"
               b"/password 5839 def\n2 index /CharStrings 4 dict dup begin\n")
    for name, contours in {".notdef": NOTDEF, **LETTERS}.items():
        long_form = lambda v: b"\xff" + struct.pack(">i", v)
        code = number(0, long_form) + number(WIDTH, long_form) + b"\x0d" + charstring(contours, long_form, b"\x09")
        code = encrypted(code, 4330)
        private += b"/%s %d RD %s ND\n" % (name.encode(), len(code), code)
    private += b"end\nend\nreadonly put\nnoaccess put\ndup /FontName get exch definefont pop\nmark currentfile closefile\n"
    body = encrypted(private, 55665)
    return clear, body, b"0" * 64 + b"\ncleartomark\n"


def main():
    directory = sys.argv[1]
    clear, body, end = type1()
    print("Type 1: /Length1 %d /Length2 %d /Length3 %d" % (len(clear), len(body), len(end)))
    fonts = {"letters.ttf": truetype(), "letters.cff": cff(False), "letters_cid.cff": cff(True), "letters.otf": opentype(), "letters.pfa": clear + body + end}
    for name, data in fonts.items():
        with open(directory + "/" + name, "wb") as out:
            out.write(data)


main()
