import type { Glyphs } from '../draw/glyphs.js';
import { type Line, span } from '../draw/line.js';
import { fit, wrapText } from '../text/cell-width.js';
import { KEY_BINDINGS } from '../view/key-bindings.js';
import { keyLabel } from './footer-lines.js';

const LABEL_WIDTH = 10;

/** The table of keys, one row or more each. */
export function helpPage(columns: number, glyphs: Glyphs): readonly Line[] {
  return [
    [span(' Keys', 'strong')],
    ...KEY_BINDINGS.flatMap(({ label, help, on }) => {
      const shown = keyLabel(label, glyphs);
      const where = on.length === 1 && on[0] === 'trial' ? ' (in a trial)' : '';
      return wrapText(help + where, columns - LABEL_WIDTH - 4).map(
        (line, i): Line => [span(`  ${fit(i === 0 ? shown : '', LABEL_WIDTH)}`, 'accent'), span(` ${line}`)],
      );
    }),
    [],
    [span(' Ctrl-C never loses a result: a stopped study goes on where it was.', 'dim')],
  ];
}
