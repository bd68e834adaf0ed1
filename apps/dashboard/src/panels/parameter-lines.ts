import type { ParameterImportance } from '@assay/analysis';
import { bar } from '../draw/bar.js';
import { type Line, span } from '../draw/line.js';
import { cellWidth, fit, printable } from '../text/cell-width.js';
import { formatScalar } from '../text/format-scalar.js';
import { shortName } from '../text/short-name.js';
import type { Scene } from '../view/scene.js';

/** One row per parameter, most important first: its value in the best trial and how much it matters. */
export function parameterLines({ snapshot, fields, glyphs }: Scene, width: number): readonly Line[] {
  const best = snapshot.insights.best[0];
  const importances = knownImportance(snapshot.insights.importance);
  const names = fields.filter(({ kind }) => kind === 'param').map(({ name }) => name);
  if (best === undefined) return [[span(' no trial is complete yet', 'dim')]];
  const shown = names
    .filter((name) => importances.has(name) || name in best.params)
    .sort((a, b) => (importances.get(b) ?? 0) - (importances.get(a) ?? 0));
  const nameWidth = Math.min(Math.max(9, ...shown.map((name) => cellWidth(printable(name)))), Math.floor(width * 0.4));
  const valueWidth = Math.min(12, Math.max(8, Math.floor(width * 0.25)));
  const barWidth = Math.min(40, width - nameWidth - valueWidth - 9);
  const title = span(
    ` ${fit('', nameWidth)} ${fit(`trial ${best.number}`, valueWidth, 'right')}  ${importances.size === 0 ? '' : barWidth < 6 ? 'weight' : 'importance'}`,
    'dim',
  );
  const largest = Math.max(...importances.values());
  return [
    [title],
    ...shown.map((name): Line => {
      const value = name in best.params ? formatScalar(best.params[name]!) : glyphs.dot;
      const share = importances.get(name);
      const percent = share === undefined ? '' : `${Math.round(share * 100)}%`.padStart(4);
      return [
        span(` ${fit(shortName(printable(name), nameWidth, glyphs.ellipsis), nameWidth)} `),
        span(fit(printable(value), valueWidth, 'right', glyphs.ellipsis), 'strong'),
        span(`  ${share === undefined ? '' : importanceBar(share / largest, barWidth, glyphs)}`, 'accent'),
        span(percent, 'dim'),
      ];
    }),
  ];
}

/** Equal importance of everything means that nothing can be told yet. */
function knownImportance(found: readonly ParameterImportance[]): ReadonlyMap<string, number> {
  const isTold = found.length < 2 || found.some(({ importance }) => importance !== found[0]!.importance);
  return new Map(isTold ? found.map(({ name, importance }) => [name, importance]) : []);
}

function importanceBar(share: number, width: number, glyphs: Scene['glyphs']): string {
  const full = bar(share, width, glyphs);
  return full.replaceAll(glyphs.barEmpty, ' ');
}
