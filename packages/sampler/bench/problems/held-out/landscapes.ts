import type { Rng } from '@assay/sampler';
import { gaussian, listOf, logUniform, uniform, wholeBetween } from '../../random-values.js';

/** A function of points in the unit cube; its least value there is 0. */
export type Landscape = (point: readonly number[]) => number;

/** Makes a random landscape of so many dimensions. */
export type LandscapeFamily = (dimensions: number, rng: Rng) => Landscape;

/** Where the optimum lies: anywhere but in the outermost twentieth. */
function centreOf(dimensions: number, rng: Rng): readonly number[] {
  return listOf(dimensions, () => uniform(rng, 0.05, 0.95));
}

/** Rows of a random rotation: Gaussian vectors made orthonormal one after the other (Gram and Schmidt). */
function rotation(dimensions: number, rng: Rng): readonly (readonly number[])[] {
  const rows: (readonly number[])[] = [];
  while (rows.length < dimensions) {
    let row = listOf(dimensions, () => gaussian(rng));
    for (const other of rows) {
      const along = dot(row, other);
      row = row.map((x, i) => x - along * other[i]!);
    }
    const length = Math.sqrt(dot(row, row));
    rows.push(row.map((x) => x / length));
  }
  return rows;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

/** The point as seen from the centre, along the axes of a rotation or (half of the time) its own. */
function viewFrom(centre: readonly number[], rng: Rng): (point: readonly number[]) => readonly number[] {
  const rows = rng.next() < 0.5 ? rotation(centre.length, rng) : null;
  return (point) => {
    const offset = point.map((x, i) => x - centre[i]!);
    return rows?.map((row) => dot(row, offset)) ?? offset;
  };
}

/** A quadratic whose axes differ in steepness by up to a thousand. */
export const bowl: LandscapeFamily = (dimensions, rng) => {
  const view = viewFrom(centreOf(dimensions, rng), rng);
  const steepness = listOf(dimensions, () => logUniform(rng, 1, 1000));
  return (point) => view(point).reduce((sum, z, i) => sum + steepness[i]! * z * z, 0);
};

/** Steep towards a line, gentle along it: the cone that defeats steps along one axis at a time. */
export const ridge: LandscapeFamily = (dimensions, rng) => {
  const view = viewFrom(centreOf(dimensions, rng), rng);
  const sharpness = logUniform(rng, 3, 100);
  return (point) => {
    const [along, ...across] = view(point);
    return along! * along! + sharpness * Math.sqrt(dot(across, across));
  };
};

/** Rosenbrock's curved valley, its end at a random place. */
export const valley: LandscapeFamily = (dimensions, rng) => {
  const centre = centreOf(dimensions, rng);
  const stretch = uniform(rng, 2, 6);
  return (point) => {
    const v = point.map((x, i) => 1 + stretch * (x - centre[i]!));
    return v.slice(1).reduce((sum, next, i) => sum + 100 * (next - v[i]! ** 2) ** 2 + (1 - v[i]!) ** 2, 0);
  };
};

/** Separate hills upside down, one deeper than the others, in a flat plain. */
export const bumps: LandscapeFamily = (dimensions, rng) => {
  const hills = listOf(wholeBetween(rng, 3, 8), (i) => ({
    height: i === 0 ? 1 : uniform(rng, 0.4, 0.9),
    centre: centreOf(dimensions, rng),
    widths: listOf(dimensions, () => uniform(rng, 0.1, 0.35) * Math.sqrt(dimensions)),
  }));
  return (point) =>
    1 -
    Math.max(
      ...hills.map(({ height, centre, widths }) => {
        const distance = point.reduce((sum, x, i) => sum + ((x - centre[i]!) / widths[i]!) ** 2, 0);
        return height * Math.exp(-distance / 2);
      }),
    );
};

/** A bowl with waves on it: many local minima, one global. */
export const ripples: LandscapeFamily = (dimensions, rng) => {
  const view = viewFrom(centreOf(dimensions, rng), rng);
  const waves = uniform(rng, 3, 10);
  const depth = logUniform(rng, 0.02, 0.3);
  return (point) =>
    view(point).reduce((sum, z) => sum + z * z + depth * (1 - Math.cos(2 * Math.PI * waves * z)), 0) / dimensions;
};

/** A bowl in flat steps: many configurations tie. */
export const stairs: LandscapeFamily = (dimensions, rng) => {
  const below = bowl(dimensions, rng);
  const perDoubling = uniform(rng, 2, 8);
  return (point) => Math.floor(perDoubling * Math.log2(1 + 1000 * below(point)));
};
