#!/usr/bin/env python3
"""Style that can be checked, checked (docs/HACKING.md lists the rules). usage: tidy.py ROOT

Floors of includes, lengths of files and functions, banned names, conditionals outside engine/platform, headers nobody
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
# fonts/ opens the pack's files and so stands on platform/, its neighbour, as the one exception.
SIBLINGS_ALLOWED = {('engine/fonts', 'engine/platform')}

FILE_LINES_MAX = 800
FILE_LINES_RULE = 400
OVER_RULE_SHARE_MAX = 0.10   # files between rule and maximum
MEDIAN_LINES_MAX = 200
FUNCTION_LINES_MAX = 60

# pattern, where it is allowed (path prefixes), why
BANNED = [
    (r'\b(?:printf|puts|fputs|perror)\s*\(', ('engine/cli', 'bench', 'tests'), 'the engine prints nothing'),
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
