import { type Line, span } from '../draw/line.js';
import type { Scene } from '../view/scene.js';
import { chosenIndex } from '../view/scene-queries.js';
import type { Field } from '../view/trial-fields.js';
import { fitting, narrowed, titleRow, trialRow, widthOf } from './trial-row.js';

/** A narrow table leaves these out first. */
const OPTIONAL: readonly Field['kind'][] = ['reports', 'reason'];

/** The width from which the optional columns are worth their place. */
const ROOMY = 100;

/** Titles and the rows of the window: nothing outside of it is drawn. */
export function tableLines(scene: Scene, width: number): readonly Line[] {
  const { rows, state, tableRows, glyphs, snapshot } = scene;
  if (rows.length === 0) return [[span(emptyText(scene), 'dim')]];
  const columns = visibleFields(scene, width);
  const chosen = chosenIndex(scene);
  const best = new Set(snapshot.best.map(({ number }) => number));
  const drawn = rows.slice(state.top, state.top + tableRows).map((trial, i) => {
    const isChosen = state.top + i === chosen && state.focus === 'trials';
    return trialRow(trial, columns, { width, isBest: best.has(trial.number), isChosen, glyphs });
  });
  return [titleRow(columns, state.sort, glyphs), ...drawn];
}

function emptyText({ snapshot, state, filterProblem }: Scene): string {
  if (filterProblem !== null) return ` ${filterProblem}`;
  return state.filter !== '' && snapshot.ended.length > 0 ? ' no trial matches the filter' : ' no trial has ended yet';
}

/**
 * Number, state, values and time, then parameters as they fit; the sorted column always. Where there is no room for these,
 * the time goes, and values have fewer digits.
 */
function visibleFields({ fields, state }: Scene, width: number): readonly Field[] {
  const sorted = fields.find(({ name }) => name === state.sort.by);
  const always = fields.filter(
    (field) => field.kind !== 'param' && (width >= ROOMY || field === sorted || !OPTIONAL.includes(field.kind)),
  );
  const needed = sorted?.kind === 'param' ? [sorted] : [];
  const isTight = (columns: readonly Field[]): boolean => 1 + widthOf([...columns, ...needed]) > width;
  const roomy = isTight(always) ? always.filter((field) => field.kind !== 'time' || field === sorted) : always;
  const visible = isTight(roomy) ? narrowed(roomy) : roomy;
  const params = fields.filter((field) => field.kind === 'param' && field !== sorted);
  const shown = new Set([...needed, ...fitting(params, width - 1 - widthOf([...visible, ...needed]))]);
  return [...visible, ...fields.filter((field) => shown.has(field))];
}
