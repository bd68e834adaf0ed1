import type { ParameterImportance } from '@assay/analysis';
import type { Scalar } from '@assay/space';
import { bar } from '../draw/bar.js';
import type { Glyphs } from '../draw/glyphs.js';
import { type Line, span } from '../draw/line.js';
import { cellWidth, fit, printable } from '../text/cell-width.js';
import { formatScalar } from '../text/format-scalar.js';
import { shortName } from '../text/short-name.js';
import type { Scene } from '../view/scene.js';
import { chosenBest, whyNoBest } from '../view/scene-queries.js';

interface Widths {
  readonly name: number;
  readonly value: number;
  readonly bar: number;
}

/** One row per parameter, most important first: its value in the (chosen) best trial and how much it matters. */
export function parameterLines(scene: Scene, width: number): readonly Line[] {
  const { importance, fields, glyphs } = scene;
  const best = chosenBest(scene);
  if (best === null) return [[span(` ${whyNoBest(scene)}`, 'dim')]];
  const importances = knownImportance(importance);
  const shown = fields
    .flatMap(({ kind, name }) => (kind === 'param' && (importances.has(name) || name in best.params) ? [name] : []))
    .sort((a, b) => (importances.get(b) ?? 0) - (importances.get(a) ?? 0));
  const widths = widthsFor(shown, width);
  return [
    titles(best.number, importances.size > 0, widths),
    ...shown.map((name) => row(name, best.params[name], importances, widths, glyphs)),
  ];
}

/** What the weights are for, where there is more than one thing (`i` changes it), and what they take for granted. */
export function weightNote({ target, objectives, importance, snapshot }: Scene): string {
  if (importance.length === 0) return '';
  const aim = target.kind === 'front' ? 'the front' : printable(target.objective.name);
  const hasSpace = (snapshot.study?.definition?.space ?? []).length > 0;
  return [
    ...(objectives.length < 2 ? [] : [`weighed for ${aim}`]),
    ...(hasSpace ? [] : ['ranges as its trials have them']),
  ].join(', ');
}

function widthsFor(names: readonly string[], width: number): Widths {
  const longest = Math.max(9, ...names.map((name) => cellWidth(printable(name))));
  const name = Math.min(longest, Math.floor(width * 0.4));
  const value = Math.min(12, Math.max(8, Math.floor(width * 0.25)));
  return { name, value, bar: Math.min(40, width - name - value - 10) };
}

function titles(trial: number, hasImportance: boolean, { name, value, bar: barWidth }: Widths): Line {
  const importance = barWidth < 6 ? 'weight' : 'importance';
  const best = fit(`trial ${trial}`, value, 'right');
  return [span(`${' '.repeat(name + 2)}${best}  ${hasImportance ? importance : ''}`, 'dim')];
}

/** @param value undefined when the best trial does not have the parameter */
function row(
  name: string,
  value: Scalar | undefined,
  importances: ReadonlyMap<string, number>,
  widths: Widths,
  glyphs: Glyphs,
): Line {
  const shown = value === undefined ? glyphs.dot : printable(formatScalar(value));
  const share = importances.get(name);
  const largest = Math.max(...importances.values());
  return [
    span(` ${fit(shortName(printable(name), widths.name, glyphs.ellipsis), widths.name)} `),
    span(fit(shown, widths.value, 'right', glyphs.ellipsis), 'strong'),
    span(share === undefined ? '' : `  ${importanceBar(share, largest, widths.bar, glyphs)}`, 'accent'),
    span(share === undefined ? '' : `${Math.round(share * 100)}%`.padStart(5), 'dim'),
  ];
}

/** Equal importance of everything means that nothing can be told yet. */
function knownImportance(found: readonly ParameterImportance[]): ReadonlyMap<string, number> {
  const isTold = found.length < 2 || found.some(({ importance }) => importance !== found[0]!.importance);
  return new Map(isTold ? found.map(({ name, importance }) => [name, importance]) : []);
}

/** Nothing where the percentage says 0. */
function importanceBar(share: number, largest: number, width: number, glyphs: Glyphs): string {
  if (share < 0.005) return ' '.repeat(Math.max(0, width));
  return bar(share / largest, width, { ...glyphs, barEmpty: ' ' });
}
