import type { Glyphs } from '../draw/glyphs.js';
import { fitLine, type Line, lineWidth, span, spread } from '../draw/line.js';
import { printable } from '../text/cell-width.js';
import { bindingsOn } from '../view/handle-key.js';
import type { Scene } from '../view/scene.js';
import { questionText, resumeText } from '../view/study-actions.js';

/** How long a notice stays when no key is pressed. */
const NOTICE_MS = 8_000;

/** What the last key came to, or how to come back; then the keys. */
export function footerLines(scene: Scene): readonly Line[] {
  const { footerRows, columns } = scene.layout;
  const message = messageLine(scene);
  const keys = keyLine(scene);
  if (footerRows >= 2) return [fitLine(message ?? resumeLine(scene), columns, scene.glyphs.ellipsis), keys];
  return [message === null ? keys : fitLine(message, columns, scene.glyphs.ellipsis)];
}

function resumeLine(scene: Scene): Line {
  return [span(` ${printable(resumeText(scene))}`, 'dim')];
}

/** What needs an answer or has just happened; null when nothing does. */
function messageLine(scene: Scene): Line | null {
  const question = questionText(scene);
  if (question !== null) return [span(` ${question}`, 'warning')];
  const { state, filterProblem, rows, snapshot, layout, glyphs } = scene;
  if (state.isTyping) {
    const isHelp = state.screen === 'help';
    const problem = isHelp ? null : filterProblem;
    const found = isHelp ? '' : `${problem ?? `${rows.length} of ${snapshot.ended.length}`}  `;
    const hint = [span(`${found}Enter keep  Esc clear `, problem === null ? 'dim' : 'warning')];
    return spread(
      [span(' / ', 'accent'), span(printable(isHelp ? state.sought : state.filter)), span('_', 'accent')],
      hint,
      layout.columns,
      glyphs.ellipsis,
    );
  }
  const { notice } = state;
  if (notice === null || snapshot.nowMs - notice.atMs > NOTICE_MS) return null;
  const command = notice.command === null ? [] : [span('   same as: ', 'dim'), span(printable(notice.command))];
  return [span(` ${printable(notice.text)}`, notice.tone), ...command];
}

/** The keys that matter most and do something now, as many as fit whole: Ctrl-C is always among them. */
function keyLine(scene: Scene): Line {
  const { columns } = scene.layout;
  let line: Line = [];
  for (const { label, lineLabel, hint, whyNot } of bindingsOn(scene)) {
    const text = hint?.(scene) ?? '';
    if (text === '' || (whyNot?.(scene) ?? null) !== null) continue;
    const entry: Line = [span(` ${keyLabel(lineLabel ?? label, scene.glyphs)}`, 'strong'), span(` ${text} `, 'dim')];
    if (lineWidth(line) + lineWidth(entry) <= columns) line = [...line, ...entry];
  }
  return fitLine(line, columns);
}

const ARROWS: Readonly<Record<string, string>> = { '←': 'Left', '→': 'Right', '↑': 'Up', '↓': 'Down' };

/** A key as it is written for fonts without arrows. */
export function keyLabel(label: string, { set }: Glyphs): string {
  return set === 'ascii' ? label.replace(/[←→↑↓]/g, (arrow) => `${ARROWS[arrow]} `).trimEnd() : label;
}
