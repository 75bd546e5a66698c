#!/usr/bin/env python3
"""Style that can be checked, checked (docs/HACKING.md lists the rules). usage: tidy.py ROOT

Floors of includes and of rooms, files in a room, lengths of files and functions, banned names, conditionals outside engine/platform, headers nobody
includes, white space. Prints one line per finding and exits 1 when there is any.
"""
import pathlib
import re
import sys

FLOORS = {  # folder -> floor; a file may include lower floors and its own folder only
    'engine/base': 0,
    'engine/geometry': 1, 'engine/color': 1,
    'engine/fonts': 2, 'engine/images': 2, 'engine/platform': 2,
    'engine/display': 3,
    'engine/pdf': 4, 'engine/raster': 4, 'engine/export': 4.5, 'engine/text': 4,
    'engine/api': 5,
    'engine/cli': 6, 'engine/wasm': 6, 'server': 6,
}
ROOMS = {  # folder -> its rooms and their floors within it; '' is the folder itself
    'engine/pdf': {'filters': 0, 'objects': 1, 'repair': 1.5, 'color': 2, 'fonts': 2, 'structure': 2, 'images': 3, 'shadings': 3, 'content': 4,
                   'annotations': 5, 'document': 6},
    'engine/images': {'': 0, 'ccitt': 1, 'decode': 1, 'encode': 1, 'jbig2': 2},
    'engine/fonts': {'': 0, 'web': 1},
    'engine/raster': {'coverage': 0, 'compose': 0, 'glyphs': 1, 'images': 1, 'shadings': 1, 'replay': 2},
    'engine/cli': {'output': 0, '': 1},
    'engine/export': {'': 0, 'svg': 1, 'text': 1, 'html': 2},
    'server': {'base': 0, 'config': 1, 'metrics': 1, 'blobs': 1, 'jobs': 1, 'queue': 1, 'sandbox': 1, 'http': 1, 'outbound': 1, 'worker': 2, 'handlers': 3,
               'program': 4},
}
ROOM_FILES_MAX = 30          # that are no tests
# fonts/ opens the pack's files and so stands on platform/, its neighbour, as the one exception.
SIBLINGS_ALLOWED = {('engine/fonts', 'engine/platform')}

FILE_LINES_MAX = 800
FILE_LINES_RULE = 400
OVER_RULE_SHARE_MAX = 0.10   # files between rule and maximum
MEDIAN_LINES_MAX = 200
FUNCTION_LINES_MAX = 60

# pattern, where it is allowed (path prefixes), why
BANNED = [
    (r'\b(?:printf|puts|fputs|perror)\s*\(', ('engine/cli', 'server/program', 'bench', 'tests'), 'the engine prints nothing'),
    (r'\bstd::(?:cout|cerr|clog)\b|#include <iostream>', ('bench', 'tests'), 'the engine prints nothing'),
    (r'\b(?:system|popen|tmpnam|gets|strcpy|strcat|sprintf|rand|srand|atoi|atof|setlocale)\s*\(', ('tests', 'bench'), 'unsafe or locale-bound'),
    (r'\bstd::(?:stod|stof|regex|format|expected|source_location|bit_cast|jthread)\b', (), 'not on all our compilers, or locale-bound'),
    (r'#include <(?:format|expected|print|ranges|regex|source_location)>', (), 'not on all our compilers'),
    (r'\b(?:Splash|SplashOutputDev|Gfx|OutputDev)\b(?=[ *&(:])', (), 'ODE draws; poppler only reads (ARCHITECTURE)'),
    (r'\b(?:TODO|FIXME|XXX|HACK)\b', (), 'finish it, or write it in docs/unsupported.md'),
    (r'catch \(\.\.\.\) *\{ *\}', (), 'silent catch'),
    (r'using namespace (?!ode|std::(?:string_|string_view_)?literals|testing|display|images|fonts|raster|pdf|api)', (), 'foreign names stay qualified'),
    (r'-ffast-math|-march=native', (), 'pixels must not depend on the machine'),
    (r'__EMSCRIPTEN__|\b_WIN32\b|__linux__|__APPLE__', ('engine/platform',), 'conditionals live in platform/'),
]
INCLUDES_ONLY_IN = [  # header pattern, folders
    (r'#include [<"](?:poppler/|PDFDoc\.h|Object\.h|GfxFont\.h|GfxState\.h|Stream\.h|XRef\.h|Catalog\.h|Page\.h|Function\.h|fofi/)', ('engine/pdf', 'tests/fuzz')),
    (r'#include <(?:ft2build\.h|freetype/)', ('engine/fonts',)),
    (r'#include <poppler-', ('engine/cli', 'tests', 'bench')),
    (r'#include <(?:unistd\.h|sys/|fcntl\.h|dlfcn\.h)', ('engine/platform', 'engine/cli', 'tests', 'bench', 'server')),
]
GENERATED = re.compile(r'_table\.(?:cpp|h)$')
FUNCTION = re.compile(r'^(?!namespace|struct|class|enum|union|extern|using|typedef|#|//|\s*\}|template)[A-Za-z_].*\)[^;]*\{\s*$')


def folder_of(path):
    for folder in FLOORS:
        if path.startswith(folder + '/'):
            return folder
    return None


def check_floors(path, text, findings):
    home = folder_of(path)
    if home is None:
        return
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'#include "((?:engine|server)/[^"]+)"', line)
        if not found:
            if re.match(r'#include "(?!tests/|hwy/)', line):
                findings.append(f'{path}:{number}: include by path from the root')
            continue
        other = folder_of(found.group(1))
        if other is None:
            findings.append(f'{path}:{number}: includes {found.group(1)}, which is on no floor')
        elif other != home and FLOORS[other] >= FLOORS[home] and (home, other) not in SIBLINGS_ALLOWED:
            findings.append(f'{path}:{number}: floor {FLOORS[home]} includes {found.group(1)} of floor {FLOORS[other]}')


def is_test(path):
    return re.search(r'(?:_test|_bench)\.cpp$|/test_[a-z0-9_]+\.h$|/testing\.h$', path) is not None


def check_rooms(sources, findings):
    """Files of a folder's rooms include lower rooms only; tests may look everywhere in their folder."""
    files = {}
    for path, text in sources.items():
        room_path = path.rpartition('/')[0]
        if not path.startswith('engine/') or is_test(path):
            continue
        files[room_path] = files.get(room_path, 0) + 1
        home = folder_of(path)
        rooms = ROOMS.get(home, {'': 0})
        room = room_path[len(home) + 1:]
        if room not in rooms:
            findings.append(f'{path}: {room or "the folder itself"} is no room of {home}')
            continue
        for number, line in enumerate(text.splitlines(), 1):
            found = re.match(rf'#include "{home}/([^"]+)"', line)
            other = found.group(1).rpartition('/')[0] if found else room
            if other != room and rooms.get(other, 99) >= rooms[room]:
                findings.append(f'{path}:{number}: room {room} includes {found.group(1)}, which is not below it')
    for room_path, count in files.items():
        if count > ROOM_FILES_MAX:
            findings.append(f'{room_path}: {count} files that are no tests (at most {ROOM_FILES_MAX})')


def check_functions(path, lines, findings):
    start = None
    for number, line in enumerate(lines, 1):
        if start is None and FUNCTION.match(line):
            start = number
        elif start is not None and line.startswith('}'):
            if number - start + 1 > FUNCTION_LINES_MAX:
                findings.append(f'{path}:{start}: function of {number - start + 1} lines (at most {FUNCTION_LINES_MAX})')
            start = None


def check_lines(path, lines, findings):
    for number, line in enumerate(lines, 1):
        if line != line.rstrip():
            findings.append(f'{path}:{number}: trailing white space')
        if '\t' in line:
            findings.append(f'{path}:{number}: tab')
        code = re.sub(r'//.*', '', line) if not re.search(r'TODO|FIXME|XXX|HACK', line) else line
        for pattern, allowed, why in BANNED:
            if re.search(pattern, code) and not path.startswith(allowed):
                findings.append(f'{path}:{number}: {re.search(pattern, code).group(0).strip()}: {why}')
        for pattern, allowed in INCLUDES_ONLY_IN:
            if re.match(pattern, line) and not path.startswith(allowed):
                findings.append(f'{path}:{number}: {line.strip()} belongs in {" or ".join(allowed)} only')


def main():
    root = pathlib.Path(sys.argv[1])
    sources = {}
    for top in ('engine', 'server', 'tests', 'bench'):
        for file in sorted((root / top).rglob('*')):
            if file.suffix in ('.h', '.cpp', '.c') and file.is_file():
                sources[str(file.relative_to(root))] = file.read_text(encoding='utf-8')
    findings, lengths = [], []
    for path, text in sources.items():
        lines = text.splitlines()
        if not GENERATED.search(path):
            lengths.append(len(lines))
            if len(lines) > FILE_LINES_MAX:
                findings.append(f'{path}: {len(lines)} lines (at most {FILE_LINES_MAX})')
        # A .cpp beside a header of its name has its role told there.
        if (not lines or not lines[0].startswith('//')) and re.sub(r'(?:_test|_bench)?\.cpp$', '.h', path) not in sources:
            findings.append(f'{path}:1: a file opens with its role')
        check_floors(path, text, findings)
        check_functions(path, lines, findings)
        check_lines(path, lines, findings)
    check_rooms(sources, findings)
    everything = '\n'.join(sources.values())
    for path in sources:
        if path.endswith('.h') and f'#include "{path}"' not in everything:
            findings.append(f'{path}: nobody includes it')
    lengths.sort()
    median = lengths[len(lengths) // 2]
    over = sum(1 for n in lengths if n > FILE_LINES_RULE)
    if median > MEDIAN_LINES_MAX:
        findings.append(f'median file is {median} lines (at most {MEDIAN_LINES_MAX})')
    if over > OVER_RULE_SHARE_MAX * len(lengths):
        findings.append(f'{over} of {len(lengths)} files are over {FILE_LINES_RULE} lines')
    for finding in findings:
        print(finding)
    print(f'tidy: {len(sources)} files, median {median} lines, {over} over {FILE_LINES_RULE}; {len(findings)} findings')
    sys.exit(1 if findings else 0)


if __name__ == '__main__':
    main()
