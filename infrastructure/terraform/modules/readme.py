#!/usr/bin/env python3
"""Writes each module's README.md from its files: the comment that opens main.tf, its inputs, its outputs, its promises (the tests).
usage: readme.py [--check] ; --check writes nothing and exits 1 where a README is not what it would write."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent


def blocks(text, kind):
    return re.findall(rf'^{kind} "(\w+)" \{{\n(.*?)^\}}', text, re.S | re.M)


def argument(body, name):
    found = re.search(rf'^  {name}\s+= (.*?)(?=\n  \w+\s+=|\n\n|\n  validation|\Z)', body, re.S | re.M)
    return re.sub(r'\s+', ' ', found.group(1)).strip() if found else None


def comment(text):
    lines = []
    for line in text.splitlines():
        if not line.startswith('#'):
            break
        lines.append(line[1:].strip())
    return ' '.join(lines)


def readme(folder):
    files = {p.name: p.read_text() for p in sorted(folder.glob('*.tf'))}
    text = '\n'.join(files.values())
    lines = [f'# {folder.name}', '', comment(files['main.tf']), '', '| input | type | default | meaning |', '|---|---|---|---|']
    for name, body in blocks(text, 'variable'):
        kind, default = argument(body, 'type'), argument(body, 'default')
        cell = '(required)' if default is None else f'`{default}`'
        lines.append(f'| `{name}` | `{kind}` | {cell} | {argument(body, "description").strip(chr(34))} |'.replace('||', '\\|\\|'))
    lines += ['', '| output | meaning |', '|---|---|']
    lines += [f'| `{name}` | {argument(body, "description").strip(chr(34))} |' for name, body in blocks(text, 'output')]
    promises = [m for p in sorted(folder.glob('tests/*.tftest.hcl')) for m in re.findall(r'error_message = "(.*)"', p.read_text())]
    if promises:
        lines += ['', 'Held by its tests:', ''] + [f'- {m}' for m in promises]
    lines += ['', 'Written by `modules/readme.py` from the files beside it.', '']
    return '\n'.join(lines)


def main():
    stale = []
    for folder in sorted(p for p in HERE.iterdir() if (p / 'main.tf').exists()):
        path, wanted = folder / 'README.md', readme(folder)
        if (path.read_text() if path.exists() else '') != wanted:
            stale.append(folder.name)
            if '--check' not in sys.argv:
                path.write_text(wanted)
    if '--check' in sys.argv and stale:
        sys.exit(f'README.md is stale in {", ".join(stale)}: run infrastructure/terraform/modules/readme.py')


if __name__ == '__main__':
    main()
