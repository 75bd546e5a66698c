#!/usr/bin/env python3
"""ODE against its peers, end to end. usage: bench.py --ode BIN [--runs N] [--pages N] [--dpi D] [--name NAME] [FILE …]

Whole commands on the same files, interleaved (A B C A B C …), so that a noisy machine is noisy for all; compared are
medians of CPU time (user + system of the child), of wall time for two threads, and peak resident memory. Without FILE:
the TIMING documents and 30 further files of ../shared/corpus, or our own sample where that is absent.
Writes bench/results/NAME.json and the table between the `bench` marks of README.md and bench/README.md.
"""
import argparse
import json
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / 'shared' / 'corpus'
PDFIUM = '/usr/lib/libreoffice/program/libpdfiumlo.so'
EMPTY = 'empty page'


def run(measure, command):
    """(CPU seconds, wall seconds, peak KiB), or None when the command fails or takes over two minutes."""
    reader, writer = os.pipe()
    child = subprocess.Popen([measure, *command], preexec_fn=lambda: os.dup2(writer, 3), pass_fds=[3, writer])
    os.close(writer)
    with os.fdopen(reader) as lines:
        found = lines.read().split()
    child.wait()
    if len(found) != 4 or found[0] != '0':
        return None
    return int(found[1]) / 1e6, int(found[2]) / 1e6, int(found[3])


def peers(file, dpi, pages, out, pdfium_draw):
    """name -> {work: command}. Each draws the pages 1..pages at the same resolution."""
    commands = {
        'mupdf': {'pixels': ['mutool', 'draw', '-q', '-r', dpi, file, f'1-{pages}'],
                  'png': ['mutool', 'draw', '-q', '-r', dpi, '-o', f'{out}/m-%d.png', file, f'1-{pages}']},
        'poppler': {'pixels': ['pdftoppm', '-r', dpi, '-l', pages, file],
                    'png': ['pdftoppm', '-png', '-r', dpi, '-l', pages, file, f'{out}/p']},
        'ghostscript': {'pixels': ['gs', '-q', '-dBATCH', '-dNOPAUSE', '-dSAFER', '-dTextAlphaBits=4', '-dGraphicsAlphaBits=4', '-sDEVICE=ppmraw', f'-r{dpi}', f'-dLastPage={pages}', '-o', '/dev/null', file],
                        'png': ['gs', '-q', '-dBATCH', '-dNOPAUSE', '-dSAFER', '-dTextAlphaBits=4', '-dGraphicsAlphaBits=4', '-sDEVICE=png16m', f'-r{dpi}', f'-dLastPage={pages}', '-o', f'{out}/g-%d.png', file]},
    }
    if pdfium_draw:
        base = [pdfium_draw, PDFIUM, file, dpi, '1', pages]
        commands['pdfium'] = {'pixels': base, 'png': base + [f'{out}/f']}
    return commands


def ode(binary, file, dpi, pages, out):
    base = [binary, 'render', file, '--dpi', dpi, '--pages', f'1-{pages}']
    return {'pixels': base + ['--threads', '1', '--format', 'none'], 'png': base + ['--threads', '1', '-o', f'{out}/o-%d.png'],
            'two threads': base + ['--threads', '2', '--format', 'none']}


def page_count(binary, file):
    found = subprocess.run([binary, 'info', file, '--json'], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        return 0
    info = json.loads(found.stdout)
    return info['pages']


def corpus_files():
    """The TIMING documents, and 30 of the others: plain files with enough to draw (100 KB, or three pages and 40 KB), every
    n-th in the manifest's order. Below that a measurement is of process starts, which `empty page` shows."""
    if not CORPUS.is_dir():
        return [ROOT / 'docs' / 'sample.pdf']
    rows = [line.split('\t') for line in (CORPUS / 'manifest.tsv').read_text(encoding='utf-8').splitlines()[1:]]
    timing = [row[0] for row in rows if 'TIMING' in row[7]]
    rest = []
    for row in rows:
        bytes_, pages = int(row[3]), int(row[4]) if row[4].isdigit() else 0
        if 'TIMING' in row[7] or row[5] != 'no' or row[0].split('/')[0] in ('malformed', 'encrypted'):
            continue
        if bytes_ >= 100_000 or (pages >= 3 and bytes_ >= 40_000):
            rest.append(row[0])
    step = max(1, len(rest) // 30)
    return [CORPUS / path for path in timing + rest[::step][:30]]


def measure(args, file, out, tools):
    pages = str(min(args.pages, page_count(args.ode, file)))
    if pages == '0':
        return None
    commands = {name: works for name, works in peers(str(file), str(args.dpi), pages, out, tools.get('pdfium_draw')).items()
                if args.peers is None or name in args.peers}
    commands['ode'] = ode(args.ode, str(file), str(args.dpi), pages, out)
    samples = {}
    for round_ in range(args.runs):
        for name, works in commands.items():
            for work, command in works.items():
                if (args.only and work not in args.only) or samples.get((name, work), []) is None:
                    continue
                if round_ > 0 and name != 'ode' and out_of_the_race(samples, name, work):
                    continue
                found = run(tools['measure'], command)
                if found is None:
                    samples[name, work] = None
                else:
                    samples.setdefault((name, work), []).append(found)
    medians = {}
    for (name, work), found in samples.items():
        if found:
            cpu, wall, peak = (statistics.median(column) for column in zip(*found))
            medians.setdefault(name, {})[work] = {'cpu_ms': round(cpu * 1000, 2), 'wall_ms': round(wall * 1000, 2), 'peak_kib': int(peak),
                                                  'runs': len(found)}
    return {'file': file.name, 'pages': int(pages), 'medians': medians}


def out_of_the_race(samples, name, work):
    """Three times slower than the fastest peer in the first round: not run again, it cannot become the fastest."""
    first = {peer: found[0][0] for (peer, done), found in samples.items() if done == work and peer != 'ode' and found}
    return first.get(name, 0) > 3 * min(first.values())


def ratio(row, work, key='cpu_ms', only=None):
    """Fastest (smallest) peer over ODE: above 1, ODE is better."""
    medians = row['medians']
    found = [m[work][key] for name, m in medians.items() if name != 'ode' and work in m and (only is None or name in only)]
    if not found or work not in medians.get('ode', {}):
        return None
    return min(found) / max(medians['ode'][work][key], 0.01)


def ratios(row):
    mine = row['medians'].get('ode', {})
    two = mine['pixels']['wall_ms'] / mine['two threads']['wall_ms'] if 'two threads' in mine and 'pixels' in mine else None
    return {'pixels': ratio(row, 'pixels'), 'png': ratio(row, 'png'), 'two threads': two,
            'memory vs MuPDF': ratio(row, 'pixels', 'peak_kib', ('mupdf',))}


def geometric_mean(values):
    values = [v for v in values if v]
    return math.exp(sum(map(math.log, values)) / len(values)) if values else float('nan')


def table(results):
    lines = ['| file (first pages) | pixels: fastest peer ÷ ODE | PNG: fastest peer ÷ ODE | two threads: speed-up | peak memory: MuPDF ÷ ODE |', '|---|---|---|---|---|']
    show = lambda v: f'{v:.2f}' if v else '–'
    for row in results:
        r = ratios(row)
        lines.append(f'| {row["file"]} ({row["pages"]}) | ' + ' | '.join(show(v) for v in r.values()) + ' |')
    means = [geometric_mean([ratios(row)[key] for row in results if row['file'] != EMPTY]) for key in ratios(results[0])]
    lines.append('| **geometric mean** | ' + ' | '.join(f'**{m:.2f}**' for m in means) + ' |')
    return '\n'.join(lines)


def build_tools(scratch):
    """Programs in C beside this file: name -> path."""
    tools = {'measure': f'{scratch}/measure'}
    subprocess.run(['cc', '-O2', str(ROOT / 'bench' / 'measure.c'), '-o', tools['measure']], check=True)
    if os.path.exists(PDFIUM):
        tools['pdfium_draw'] = f'{scratch}/pdfium_draw'
        subprocess.run(['cc', '-O2', str(ROOT / 'bench' / 'pdfium_draw.c'), '-o', tools['pdfium_draw'], '-lpng', '-lm', '-ldl'], check=True)
    return tools


def empty_page(scratch):
    """A page of 10 × 10 points without contents: what starting and stopping costs. Shown, not counted in the means."""
    path = pathlib.Path(scratch) / EMPTY
    path.write_text('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
                    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>endobj\ntrailer<</Root 1 0 R>>\n', encoding='utf-8')
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('files', nargs='*', type=pathlib.Path)
    parser.add_argument('--ode', required=True)
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--pages', type=int, default=20)
    parser.add_argument('--dpi', type=int, default=150)
    parser.add_argument('--only', nargs='*', help='pixels, png, "two threads"')
    parser.add_argument('--peers', nargs='*', help='mupdf, poppler, ghostscript, pdfium')
    parser.add_argument('--name', default='end-to-end')
    parser.add_argument('--no-readme', action='store_true')
    args = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        tools = build_tools(scratch)
        for file in args.files or [empty_page(scratch), *corpus_files()]:
            out = pathlib.Path(scratch) / 'out'
            out.mkdir(exist_ok=True)
            row = measure(args, file, str(out), tools)
            shutil.rmtree(out)
            if row is None:
                print(f'{file.name}: ODE cannot read it', file=sys.stderr)
                continue
            results.append(row)
            r = ratios(row)
            print(f'{row["file"]:48} ' + '  '.join(f'{key} {value:.2f}' if value else f'{key} –' for key, value in r.items()), flush=True)
    if not results:
        sys.exit('bench: nothing measured')
    (ROOT / 'bench' / 'results').mkdir(exist_ok=True)
    (ROOT / 'bench' / 'results' / f'{args.name}.json').write_text(json.dumps({'dpi': args.dpi, 'runs': args.runs, 'results': results}, indent=1) + '\n', encoding='utf-8')
    print(table(results))
    if not args.no_readme:
        for readme in (ROOT / 'bench' / 'README.md',):
            text = readme.read_text(encoding='utf-8')
            begin, end = '<!-- bench -->', '<!-- /bench -->'
            head, rest = text.split(begin)
            readme.write_text(head + begin + '\n' + table(results) + '\n' + end + rest.split(end)[1], encoding='utf-8')


if __name__ == '__main__':
    main()
