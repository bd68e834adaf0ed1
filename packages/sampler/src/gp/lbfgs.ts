/** The value at a point; writes the gradient there into `gradient`. */
export type Differentiable = (x: Float64Array, gradient: Float64Array) => number;

export interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
}

export interface LbfgsLimits {
  readonly iterations: number;
  /** Ends when no free coordinate of the gradient is larger. */
  readonly gradientTolerance: number;
  /** Ends when a step improves the value by less. */
  readonly valueTolerance: number;
}

/** Pairs of steps and gradient changes that are kept; Nocedal and Wright recommend 3 to 20. */
const MEMORY = 8;
/** Sufficient decrease (Armijo), and the most halvings of a step. */
const ARMIJO = 1e-4;
const HALVINGS = 20;

/**
 * A local minimum in a box: L-BFGS on the coordinates that are not held at a bound, each step projected onto the box
 * (the projected quasi-Newton method with backtracking).
 * @see Nocedal and Wright 2006, "Numerical optimization", algorithms 7.4 and 3.1; Bertsekas 1982, "Projected Newton
 *   methods for optimization problems with simple constraints"
 */
export function minimize(f: Differentiable, start: Float64Array, box: Box, limits: LbfgsLimits): Minimum {
  const n = start.length;
  let x = clamped(start, box);
  let gradient: Float64Array = new Float64Array(n);
  let value = f(x, gradient);
  const pairs: Pair[] = [];
  for (let iteration = 0; iteration < limits.iterations && Number.isFinite(value); iteration++) {
    const free = freeCoordinates(x, gradient, box);
    if (largest(gradient, free) <= limits.gradientTolerance) break;
    const direction = descentDirection(gradient, free, pairs);
    const next = backtrack(f, x, value, gradient, direction, box, pairs.length === 0);
    if (next === null) {
      if (pairs.length === 0) break;
      pairs.length = 0; // the curvature misled: once more down the gradient
      continue;
    }
    remember(pairs, x, gradient, next);
    const gained = value - next.value;
    ({ x, gradient, value } = next);
    if (gained <= limits.valueTolerance) break;
  }
  return { x, value };
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** step . change, above 0. */
  readonly curvature: number;
}

interface Iterate extends Minimum {
  readonly gradient: Float64Array;
}

function clamped(x: Float64Array, { low, high }: Box): Float64Array {
  return x.map((v, i) => Math.min(Math.max(v, low[i]!), high[i]!));
}

/** 1 where a coordinate may move downhill, 0 where a bound stops it. */
function freeCoordinates(x: Float64Array, gradient: Float64Array, { low, high }: Box): Uint8Array {
  const free = new Uint8Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const held = (x[i]! <= low[i]! && gradient[i]! > 0) || (x[i]! >= high[i]! && gradient[i]! < 0);
    free[i] = held ? 0 : 1;
  }
  return free;
}

function largest(gradient: Float64Array, free: Uint8Array): number {
  let most = 0;
  for (let i = 0; i < gradient.length; i++) if (free[i] === 1) most = Math.max(most, Math.abs(gradient[i]!));
  return most;
}

/** The two-loop recursion, on the free coordinates alone. */
function descentDirection(gradient: Float64Array, free: Uint8Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((g, i) => (free[i] === 1 ? -g : 0));
  const shares = new Float64Array(pairs.length);
  for (let p = pairs.length - 1; p >= 0; p--) {
    const { step, change, curvature } = pairs[p]!;
    shares[p] = dot(step, direction) / curvature;
    addTimes(direction, change, -shares[p]!);
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  }
  for (let p = 0; p < pairs.length; p++) {
    const { step, change, curvature } = pairs[p]!;
    addTimes(direction, step, shares[p]! - dot(change, direction) / curvature);
  }
  for (let i = 0; i < direction.length; i++) if (free[i] === 0) direction[i] = 0;
  return dot(direction, gradient) < 0 ? direction : gradient.map((g, i) => (free[i] === 1 ? -g : 0));
}

/** The first of the steps 1, 1/2, 1/4, ... along the direction that lowers the value enough; null when none does. */
function backtrack(
  f: Differentiable,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  box: Box,
  isFirst: boolean,
): Iterate | null {
  // without curvature the gradient's length means nothing: begin with a step of length 1 at most
  let length = isFirst ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
  const nextGradient = new Float64Array(x.length);
  for (let halving = 0; halving < HALVINGS; halving++, length /= 2) {
    const next = clamped(
      x.map((v, i) => v + length * direction[i]!),
      box,
    );
    let slope = 0;
    for (let i = 0; i < x.length; i++) slope += gradient[i]! * (next[i]! - x[i]!);
    const nextValue = f(next, nextGradient);
    if (nextValue <= value + ARMIJO * slope && nextValue < value) {
      return { x: next, value: nextValue, gradient: nextGradient };
    }
  }
  return null;
}

function remember(pairs: Pair[], x: Float64Array, gradient: Float64Array, next: Iterate): void {
  const step = next.x.map((v, i) => v - x[i]!);
  const change = next.gradient.map((g, i) => g - gradient[i]!);
  const curvature = dot(step, change);
  if (!(curvature > 1e-10 * dot(change, change))) return;
  pairs.push({ step, change, curvature });
  if (pairs.length > MEMORY) pairs.shift();
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addTimes(target: Float64Array, x: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * x[i]!;
}
