import type { ParamValues, SearchSpace } from '@assay/space';
import { type Axis, fillActive, pointOf, valueAtUnit } from '../axis.js';
import { finiteValues } from '../grid/finite-values.js';
import { buildGrid, type Grid } from '../grid/grid.js';
import type { Rng } from '../rng.js';
import { type PointKey, pointKey } from './point-key.js';

const RANDOM_ATTEMPTS = 100;

/** What has been tried, so that nothing is tried twice where values are discrete. */
export interface TriedPoints {
  has(point: Float64Array): boolean;
  /** A random configuration that has not been tried, or null when the space is finite and all have. */
  untried(rng: Rng): ParamValues | null;
}

/** @param points the points of the finished and the running trials */
export function triedPoints(space: SearchSpace, axes: readonly Axis[], points: readonly Float64Array[]): TriedPoints {
  const tried = new TriedRegister(space, axes);
  for (const point of points) tried.add(point);
  return tried;
}

/** The points of finished trials, which stay tried, and of running ones. */
export class TriedRegister implements TriedPoints {
  readonly #space: SearchSpace;
  readonly #axes: readonly Axis[];
  readonly #key: PointKey;
  readonly #finished = new Set<number>();
  #running: ReadonlySet<number> = new Set();
  #rest: GridRest | null = null;

  constructor(space: SearchSpace, axes: readonly Axis[]) {
    this.#space = space;
    this.#axes = axes;
    this.#key = pointKey(axes);
  }

  /** Takes a finished trial's point. */
  add(point: Float64Array): void {
    this.#finished.add(this.#key(point));
  }

  setRunning(points: readonly Float64Array[]): void {
    this.#running = new Set(points.map(this.#key));
  }

  has(point: Float64Array): boolean {
    if (this.#finished.size + this.#running.size === 0) return false;
    const key = this.#key(point);
    return this.#finished.has(key) || this.#running.has(key);
  }

  untried(rng: Rng): ParamValues | null {
    const randoms = rng.fork(0);
    for (let attempt = 0; attempt < RANDOM_ATTEMPTS; attempt++) {
      const params = fillActive(this.#axes, (axis) => valueAtUnit(axis, randoms.next()));
      if (!this.has(pointOf(this.#axes, params))) return params;
    }
    const others = rng.fork(1);
    if (this.#axes.every(({ cells }) => cells < Infinity)) return this.#untriedOfGrid(others);
    return fillActive(this.#axes, (axis) => valueAtUnit(axis, others.next()));
  }

  #untriedOfGrid(rng: Rng): ParamValues | null {
    this.#rest ??= new GridRest(this.#space, (params) => this.#key(pointOf(this.#axes, params)));
    if (this.#rest.size > 2 * (this.#finished.size + this.#running.size)) return this.#untriedOfMany(this.#rest, rng);
    const left = this.#rest.without(this.#finished).filter(({ key }) => !this.#running.has(key));
    return left[Math.floor(rng.next() * left.length)]?.params ?? null;
  }

  /**
   * For a space of which less than half has been tried, but where random values keep coming upon that half: most of it lies
   * in a branch that they seldom enter. A random place in the grid is an untried one every second time at least.
   */
  #untriedOfMany(rest: GridRest, rng: Rng): ParamValues {
    for (;;) {
      const { key, params } = rest.at(rng.next());
      if (!this.#finished.has(key) && !this.#running.has(key)) return params;
    }
  }
}

interface GridPoint {
  readonly key: number;
  readonly params: ParamValues;
}

/** The configurations of a finite space, and which of them are left, in the order of its grid; those only ever shrink. */
class GridRest {
  readonly #grid: Grid;
  readonly #keyOf: (params: ParamValues) => number;
  #points: readonly GridPoint[] | null = null;

  constructor(space: SearchSpace, keyOf: (params: ParamValues) => number) {
    this.#grid = buildGrid(space, ({ distribution }) => finiteValues(distribution));
    this.#keyOf = keyOf;
  }

  /** How many configurations there are. */
  get size(): number {
    return this.#grid.size;
  }

  /** @param u uniform in [0, 1); beyond 2^53 configurations, where positions are not exact, it gives one of the first */
  at(u: number): GridPoint {
    return this.#pointAt(Math.floor(u * Math.min(this.#grid.size, Number.MAX_SAFE_INTEGER)));
  }

  without(keys: ReadonlySet<number>): readonly GridPoint[] {
    this.#points = this.#points === null ? this.#all(keys) : this.#points.filter(({ key }) => !keys.has(key));
    return this.#points;
  }

  #all(keys: ReadonlySet<number>): readonly GridPoint[] {
    const points: GridPoint[] = [];
    for (let position = 0; position < this.#grid.size; position++) {
      const point = this.#pointAt(position);
      if (!keys.has(point.key)) points.push(point);
    }
    return points;
  }

  #pointAt(position: number): GridPoint {
    const params = this.#grid.at(position);
    return { key: this.#keyOf(params), params };
  }
}
