/** How Optuna stores an objective or intermediate value: SQL has no infinities and no NaN. */
export interface StoredNumber {
  readonly value: number | null;
  readonly type: 'FINITE' | 'INF_POS' | 'INF_NEG' | 'NAN';
}

const SPECIAL: Readonly<Record<string, number>> = {
  INF_POS: Number.POSITIVE_INFINITY,
  INF_NEG: Number.NEGATIVE_INFINITY,
  NAN: Number.NaN,
};

export function toStoredNumber(value: number): StoredNumber {
  if (Number.isFinite(value)) return { value, type: 'FINITE' };
  if (Number.isNaN(value)) return { value: null, type: 'NAN' };
  return { value: null, type: value > 0 ? 'INF_POS' : 'INF_NEG' };
}

export function fromStoredNumber(value: number | null, type: string): number {
  return SPECIAL[type] ?? value ?? Number.NaN;
}
