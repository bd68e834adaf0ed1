import { TrainingError } from './training-error.js';

/** @throws {TrainingError} `BAD_MODEL` with the message unless `ok` */
export function requireModel(ok: boolean, message: () => string): void {
  if (!ok) throw new TrainingError('BAD_MODEL', message());
}

export const isCount = (n: number): boolean => Number.isInteger(n) && n > 0;
export const isPositive = (x: number): boolean => x > 0 && Number.isFinite(x);
