import type { Glyphs } from '../draw/glyphs.js';
import { type Line, span } from '../draw/line.js';
import { fit, printable, wrapText } from '../text/cell-width.js';
import { KEY_BINDINGS } from '../view/key-bindings.js';
import { keyLabel } from './footer-lines.js';

const LABEL_WIDTH = 10;

/** The table of keys, one row or more each; with something sought only those that speak of it. */
export function helpPage(columns: number, glyphs: Glyphs, sought: string): readonly Line[] {
  const rows = KEY_BINDINGS.map(({ label, help, on }) => ({
    label: keyLabel(label, glyphs),
    help: help + (on.length === 1 && on[0] !== 'overview' ? ` (in ${on[0] === 'trial' ? 'a trial' : 'the help'})` : ''),
  }));
  const wanted = sought.toLowerCase();
  const found = rows.filter(({ label, help }) => `${label} ${help}`.toLowerCase().includes(wanted));
  return [
    [span(' Keys', 'strong'), span(sought === '' ? '' : `  /${printable(sought)}`, 'accent')],
    ...found.flatMap(({ label, help }) =>
      wrapText(help, columns - LABEL_WIDTH - 4).map(
        (line, i): Line => [span(`  ${fit(i === 0 ? label : '', LABEL_WIDTH)}`, 'accent'), span(` ${line}`)],
      ),
    ),
    ...(found.length === 0 ? [[span('  no key is said to do that', 'dim')]] : []),
    [],
    [span(' Ctrl-C never loses a result: a stopped study goes on where it was.', 'dim')],
  ];
}
