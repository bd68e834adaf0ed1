import type { Json } from '@assay/space';
import type { Observation } from '../sampler.js';
import type { Hyperparameters } from './hyperparameters.js';

/** Decimals kept of the logarithms: finer than the fit's own tolerance. */
const DECIMALS = 1e4;

/** The hyperparameters that a suggestion was made with, for the next one to start from: the objective's, then each constraint's. */
export function writeNote(fits: readonly Hyperparameters[]): Json {
  return { gp: fits.map((theta) => [...theta].map((x) => Math.round(x * DECIMALS) / DECIMALS)) };
}

/**
 * The fits of the latest suggestion that carries any of this kind.
 * @param trials ascending by number
 * @param size how many hyperparameters the objective's fit has
 */
export function latestFits(trials: readonly Observation[], size: number): readonly Hyperparameters[] {
  for (let i = trials.length - 1; i >= 0; i--) {
    const fits = readNote(trials[i]!.note);
    if (fits?.[0]?.length === size) return fits;
  }
  return [];
}

function readNote(note: Json | null): readonly Hyperparameters[] | null {
  if (typeof note !== 'object' || note === null || !('gp' in note) || !Array.isArray(note.gp)) return null;
  const fits = note.gp.map((theta: Json) =>
    Array.isArray(theta) && theta.every((x) => typeof x === 'number' && Number.isFinite(x))
      ? Float64Array.from(theta as number[])
      : null,
  );
  return fits.every((theta) => theta !== null) ? fits : null;
}
