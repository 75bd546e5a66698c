#!/usr/bin/env python3
"""Words and lines of `ode text` against `pdftotext`.

    bench/words.py --ode build/release/bin/ode --corpus ../shared/corpus [--below 0.97] [--list FILE] [only …]

A line is kept whole where its words come one after the other in ode's text, spaces aside: both programs part words at
gaps, by other measures. Recall is the share of pdftotext's words that ode prints, too: those of whole lines, and of the
rest those that are words of ode's, as often as they come. Compared are letters and digits after compatibility composition
(NFKC), for ligatures and presentation forms are spelled out by one program and not by the other.
"""
import argparse
import collections
import os
import re
import subprocess
import sys
import unicodedata

RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
CONTROLS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff\u0640]")
WORD = re.compile(r"\w+")
TIMEOUT_S = 60


def text_of(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "replace")


def plain(text):
    text = unicodedata.normalize("NFKC", CONTROLS.sub("", text))
    return re.sub(r"[-\u2010]\n", "", text)


def squeezed(text):
    return "".join(WORD.findall(text))


def compare(theirs, ours):
    """Recall, words, lines, lines kept whole, and the words that are missing."""
    wanted, has = collections.Counter(), collections.Counter(WORD.findall(plain(ours)))
    all_ours = squeezed(plain(ours))
    total, lines, torn = 0, 0, []
    for line in plain(theirs).splitlines():
        words = WORD.findall(line)
        total += len(words)
        lines += len(words) >= 2
        if "".join(words) in all_ours:
            continue  # whatever either takes for a word
        wanted.update(words)
        if len(words) >= 2:
            torn.append(line)
    missing = wanted - has
    recall = 1 - sum(missing.values()) / total if total else 1.0
    return recall, total, lines, torn, missing


def files_of(corpus, only):
    with open(os.path.join(corpus, "manifest.tsv"), encoding="utf-8") as manifest:
        rows = [line.rstrip("\n").split("\t") for line in manifest][1:]
    for row in rows:
        if row[5] != "no" or (only and not any(part in row[0] for part in only)):
            continue
        yield row[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ode", default="build/release/bin/ode")
    parser.add_argument("--corpus", default="../shared/corpus")
    parser.add_argument("--pages", type=int, default=20, help="the first N of each file")
    parser.add_argument("--below", type=float, default=0.97, help="list files with less recall, and what they miss")
    parser.add_argument("--list", help="write a row for every file")
    parser.add_argument("only", nargs="*", help="parts of paths")
    args = parser.parse_args()
    rows, whole = [], {"ltr": [0, 0], "rtl": [0, 0]}
    for path in files_of(args.corpus, args.only):
        file = os.path.join(args.corpus, path)
        theirs = text_of(["pdftotext", "-l", str(args.pages), file, "-"])
        if not theirs or not theirs.strip():
            continue
        ours = text_of([args.ode, "text", file, "--pages", f"1-{args.pages}", "-o", "-"])
        if not ours:
            ours = text_of([args.ode, "text", file, "-o", "-"]) or ""
        recall, total, lines, torn, missing = compare(theirs, ours)
        kind = "rtl" if len(RIGHT.findall(theirs)) > 0.2 * len(squeezed(theirs)) else "ltr"
        whole[kind][0] += lines - len(torn)
        whole[kind][1] += lines
        rows.append((path, recall, total, lines, len(torn), kind))
        if recall < args.below:
            print(f"{path}: {recall:.3f} of {total}; lacks {' '.join(w for w, _ in missing.most_common(12))}", flush=True)
        if args.list:
            with open(args.list, "a", encoding="utf-8") as out:
                out.write("\t".join(map(str, rows[-1])) + "\n")
                for line in torn[:5]:
                    out.write("    " + line + "\n")
    if not rows:
        sys.exit("no file with text")
    print(f"{len(rows)} files, mean recall {sum(row[1] for row in rows) / len(rows):.4f}, "
          f"below {args.below}: {sum(row[1] < args.below for row in rows)}")
    for kind, (kept, all_lines) in whole.items():
        print(f"{kind}: {kept} of {all_lines} lines whole ({kept / all_lines if all_lines else 1:.4f})")


if __name__ == "__main__":
    main()
