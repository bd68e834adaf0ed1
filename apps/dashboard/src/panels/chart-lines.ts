import type { BestPoint } from '@assay/analysis';
import type { StudyRecord } from '@assay/study';
import { chart } from '../draw/chart.js';
import { type Line, span } from '../draw/line.js';
import type { Scene } from '../view/scene.js';

/** The best value so far as a line over the trials' own values as dots. */
export function chartLines({ snapshot, glyphs }: Scene, width: number, height: number): readonly Line[] {
  const points = snapshot.insights.bestSoFar;
  const range = valueRange(points, snapshot.study?.directions[0] ?? 'minimize');
  const lines = chart({
    width,
    height,
    glyphs,
    xLabel: 'trial',
    ...(range === null ? {} : { yRange: range }),
    series: [
      { style: 'dots', tone: 'dim', points: points.map(({ number, value }) => ({ x: number, y: value })) },
      { style: 'steps', tone: 'accent', points: points.map(({ number, best }) => ({ x: number, y: best })) },
    ],
  });
  return lines.length === 0 ? [[span(' no trial is complete yet', 'dim')]] : lines;
}

/** How many of the values the chart spans; the worst ones are drawn at its edge, or they would flatten all others. */
const SHOWN_SHARE = 0.85;

function valueRange(
  points: readonly BestPoint[],
  direction: StudyRecord['directions'][number],
): readonly [number, number] | null {
  const values = points.map(({ value }) => value).filter(Number.isFinite);
  if (values.length === 0) return null;
  values.sort((a, b) => (direction === 'minimize' ? a - b : b - a));
  const best = values[0]!;
  const worst = values[Math.ceil(values.length * SHOWN_SHARE) - 1]!;
  return best < worst ? [best, worst] : [worst, best];
}
