import { type Line, span } from '../draw/line.js';
import type { Scene } from '../view/scene.js';
import { chosenFront, whyNoBest } from '../view/scene-queries.js';
import type { Field } from '../view/trial-fields.js';
import { fitting, narrowed, titleRow, trialRow, widthOf } from './trial-row.js';

const ALWAYS: readonly Field['kind'][] = ['number', 'value'];

/** The trials that no other one beats, the best by the chart's first objective first; the chosen one always among them. */
export function frontLines(scene: Scene, width: number, height: number): readonly Line[] {
  const { front, fields, state, glyphs } = scene;
  if (front.length === 0) return [[span(` ${whyNoBest(scene)}`, 'dim')]];
  const wide = fields.filter(({ kind }) => ALWAYS.includes(kind));
  const always = 1 + widthOf(wide) > width ? narrowed(wide) : wide;
  const params = fields.filter(({ kind }) => kind === 'param');
  const columns = [...always, ...fitting(params, width - 1 - widthOf(always))];
  const chosen = front.indexOf(chosenFront(scene)!);
  const rows = Math.max(0, height - 1);
  const from = Math.max(0, Math.min(chosen - Math.floor(rows / 2), front.length - rows));
  const drawn = front.slice(from, from + rows).map((trial, i) => {
    const isChosen = from + i === chosen && state.focus === 'front';
    return trialRow(trial, columns, { width, isBest: true, isChosen, glyphs });
  });
  return [titleRow(columns, null, glyphs), ...drawn];
}
