import { afterSteps, wholeSteps } from './decimal.js';
import type { FloatDistribution, IntDistribution } from './declaration.js';
import type { Distribution, Scalar } from './distribution.js';
import { SpaceError, type SpaceErrorCode } from './space-error.js';

type Refuse = (code: SpaceErrorCode, message: string) => never;

/**
 * The distribution, checked (the types of its fields too, since it may come from JSON), with `high` lowered to the last value that `step` reaches from `low`, as Optuna does.
 * @param subject what the error message begins with: `Parameter 'lr'`
 * @throws {SpaceError} `BAD_BOUNDS`, `BAD_STEP` or `BAD_CHOICES`
 */
export function checkedDistribution(subject: string, distribution: Distribution): Distribution {
  const refuse: Refuse = (code, message) => {
    throw new SpaceError(code, `${subject}: ${message}`);
  };
  switch (distribution.kind) {
    case 'float':
      return checkedFloat(distribution, refuse);
    case 'int':
      return checkedInt(distribution, refuse);
    case 'categorical':
      checkScalars(distribution.choices, 'choices', refuse);
      return distribution;
    case 'ordered':
      checkScalars(distribution.values, 'values', refuse);
      return distribution;
  }
}

function checkedFloat(distribution: FloatDistribution, refuse: Refuse): FloatDistribution {
  const { low, high, log, step } = distribution;
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    refuse('BAD_BOUNDS', `low and high must be finite numbers, got ${low} and ${high}`);
  }
  checkRange(distribution, refuse);
  if (high - low === Infinity) refuse('BAD_BOUNDS', `high - low must be a finite number too, got ${low} and ${high}`);
  if (log && low <= 0) refuse('BAD_BOUNDS', `a log range needs low > 0, got ${low}`);
  if (step === null) return distribution;
  if (log) refuse('BAD_STEP', `a range has either log or a step, got both (step ${step})`);
  if (!(step > 0 && Number.isFinite(step))) refuse('BAD_STEP', `step must be a finite number > 0, got ${step}`);
  const steps = wholeSteps(low, high, step);
  if (steps > BigInt(Number.MAX_SAFE_INTEGER)) {
    refuse('BAD_STEP', `step ${step} divides [${low}, ${high}] into more than 2^53 parts; leave the step out`);
  }
  return { ...distribution, high: afterSteps(low, step, steps) };
}

function checkedInt(distribution: IntDistribution, refuse: Refuse): IntDistribution {
  const { low, high, log, step } = distribution;
  if (![low, high, high - low].every(Number.isSafeInteger)) {
    refuse('BAD_BOUNDS', `low, high and their difference must be whole numbers below 2^53, got ${low} and ${high}`);
  }
  checkRange(distribution, refuse);
  if (log && low < 1) refuse('BAD_BOUNDS', `a log range of ints needs low >= 1, got ${low}`);
  if (!Number.isSafeInteger(step) || step < 1) refuse('BAD_STEP', `step must be a whole number >= 1, got ${step}`);
  if (log && step !== 1) refuse('BAD_STEP', `a range has either log or a step, got both (step ${step})`);
  return { ...distribution, high: high - ((high - low) % step) };
}

function checkRange({ low, high, log }: FloatDistribution | IntDistribution, refuse: Refuse): void {
  if (low > high) refuse('BAD_BOUNDS', `low must not be above high, got ${low} and ${high}`);
  if (typeof log !== 'boolean') refuse('BAD_BOUNDS', `log must be true or false, got ${show(log)}`);
}

function checkScalars(scalars: readonly Scalar[], what: string, refuse: Refuse): void {
  if (!Array.isArray(scalars) || scalars.length === 0) {
    refuse('BAD_CHOICES', `${what} must be a list of at least one value, got ${show(scalars)}`);
  }
  const seen = new Map<Scalar, Scalar>();
  for (const scalar of scalars) {
    if (!isScalar(scalar)) {
      refuse('BAD_CHOICES', `${what} must be strings, finite numbers, booleans or null, got ${show(scalar)}`);
    }
    // Optuna finds a choice by Python's ==, for which True is 1 and False is 0.
    const key = typeof scalar === 'boolean' ? Number(scalar) : scalar;
    if (seen.has(key)) {
      refuse('BAD_CHOICES', `${what} must differ in Python's eyes too, got ${show(seen.get(key))} and ${show(scalar)}`);
    }
    seen.set(key, scalar);
  }
}

/** Whether JSON can hold the value as a scalar: no NaN, no infinity, no object. */
export function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** A value as an error message shows it. */
export function show(value: unknown): string {
  return typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
}
