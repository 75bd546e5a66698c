#!/usr/bin/env python3
# usage: make_damaged.py FILES_DIR: damaged PDFs for the golden cases, from nothing but this script and the files of
# make_files, which calls it.
import pathlib
import sys
import zlib

files = pathlib.Path(sys.argv[1])
HEAD = b"%PDF-1.5\n"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
TREE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def page(entries=b"/MediaBox [0 0 100 100] " + FONT, contents=b"5 0 R", parent=b"2 0 R"):
    return b"<< /Type /Page /Parent " + parent + b" /Contents " + contents + b" " + entries + b" >>"


def obj(number, body):
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def stream(number, data, entries=b""):
    return obj(number, b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data))


def contents(number, word, color=b"1 0 0"):
    return stream(number, color + b" rg 10 10 40 80 re f BT 0 g /F 20 Tf 20 40 Td (" + word + b") Tj ET")


def object_stream(number, objects, compress=True):
    header, body = b"", b""
    for n, text in objects:
        header += b"%d %d " % (n, len(body))
        body += text + b"\n"
    data = header + body
    entries = b"/Type /ObjStm /N %d /First %d" % (len(objects), len(header))
    return stream(number, zlib.compress(data), entries + b" /Filter /FlateDecode") if compress else stream(number, data, entries)


def write(name, data):
    (files / name).write_bytes(data)


def with_table(objects, held, index):
    """Objects in the file, by number, and those in object streams: number -> (stream, index), as the table will have them."""
    data, rows = HEAD, {0: (0, 0, 65535)}
    for number, text in objects:
        rows[number] = (1, len(data), 0)
        data += text
    for number, (holder, i) in held.items():
        rows[number] = (2, holder, index(i))
    size = max(rows) + 2
    rows[size - 1] = (1, len(data), 0)
    table = b"".join(bytes([t]) + a.to_bytes(4, "big") + b.to_bytes(2, "big") for t, a, b in (rows.get(n, (0, 0, 0)) for n in range(size)))
    start = len(data)
    return data + stream(size - 1, table, b"/Type /XRef /Size %d /W [1 4 2] /Root 1 0 R" % size) + b"startxref\n%d\n%%%%EOF\n" % start


# Nothing after the last object; the same without catalogue; pages alone, of a node that lost them.
whole = obj(1, CATALOG) + obj(2, TREE) + obj(3, page()) + contents(5, b"Saved")
write("damaged_no_trailer.pdf", HEAD + whole)
write("damaged_no_catalog.pdf", HEAD + obj(2, TREE) + obj(3, page()) + contents(5, b"Saved") + b"trailer\n<< /Size 6 >>\n")
write("damaged_pages_alone.pdf", HEAD + obj(3, page(b"")) + contents(5, b"First") + obj(6, page(b"", b"7 0 R")) + contents(7, b"Second") +
      obj(2, b"<< /Type /Pages /Parent 9 0 R /MediaBox [0 0 100 100] /Rotate 90 " + FONT + b" >>"))

# Objects in streams that no table lists: the page tree; all but the contents, compressed; a newer page than the one outside.
rest = obj(1, CATALOG) + obj(3, page()) + contents(5, b"Saved")
write("damaged_tree_in_object_stream.pdf", HEAD + rest + object_stream(10, [(2, TREE)], False) + b"startxref\n0\n%%EOF\n")
write("damaged_all_in_object_stream.pdf", HEAD + contents(5, b"Saved") + object_stream(10, [(1, CATALOG), (2, TREE), (3, page())]))
write("damaged_update_in_object_stream.pdf",
      HEAD + whole + contents(6, b"Newer", b"0 0 1") + object_stream(10, [(3, page(contents=b"6 0 R"))]) + b"startxref\n0\n%%EOF\n")

# The table's indices are wrong: all 0 and even the catalogue not found; wrapped, here at 2; in a file whose catalogue is outside.
held = [(1, CATALOG), (2, TREE), (3, page())]
drawn = (5, contents(5, b"Saved"))
write("wrong_indices_zero.pdf", with_table([drawn, (10, object_stream(10, held))], {1: (10, 0), 2: (10, 1), 3: (10, 2)}, lambda i: 0))
write("wrong_indices_wrapped.pdf", with_table([drawn, (10, object_stream(10, held))], {1: (10, 0), 2: (10, 1), 3: (10, 2)}, lambda i: i % 2))
write("wrong_indices_beside_catalog.pdf", with_table([drawn, (1, obj(1, CATALOG)), (2, obj(2, TREE)),
                                                      (10, object_stream(10, [(8, b"null"), (9, b"null"), (3, page())]))],
                                                     {8: (10, 0), 9: (10, 1), 3: (10, 2)}, lambda i: i + 40))

# Files of make_files cut: the linearized one after its first page's part, the encrypted one before its table's end.
linearized = (files / "linearized.pdf").read_bytes()
write("damaged_linearized.pdf", linearized[: linearized.rindex(b"/Type /Pages")])
encrypted = (files / "encrypted_aes_128.pdf").read_bytes()
write("damaged_encrypted.pdf", encrypted.replace(b"startxref", b"startxxxx").replace(b"xref\n0", b"xxxx\n0"))
