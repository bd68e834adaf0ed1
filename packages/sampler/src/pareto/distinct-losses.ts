import { type Losses, orWorst } from './dominance.js';

/** A vector of losses and who has it. */
export interface SharedLosses {
  /** Without NaN. */
  readonly losses: Losses;
  /** Ascending. */
  readonly indices: readonly number[];
}

/** The different vectors in lexicographic order, so that none is dominated by a later one. */
export function distinctLosses(losses: readonly Losses[]): readonly SharedLosses[] {
  const sound = losses.map((vector) => vector.map(orWorst));
  const order = sound.map((_, index) => index).sort((a, b) => compare(sound[a]!, sound[b]!) || a - b);
  const distinct: { losses: Losses; indices: number[] }[] = [];
  for (const index of order) {
    const last = distinct.at(-1);
    if (last !== undefined && compare(last.losses, sound[index]!) === 0) last.indices.push(index);
    else distinct.push({ losses: sound[index]!, indices: [index] });
  }
  return distinct;
}

function compare(a: Losses, b: Losses): number {
  for (let j = 0; j < a.length; j++) {
    if (a[j]! < b[j]!) return -1;
    if (a[j]! > b[j]!) return 1;
  }
  return 0;
}
