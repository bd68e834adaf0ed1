import ngeohash from 'ngeohash';

/** The 20 geohash cells (precision 5, about 4.9 x 4.9 km) that hold about 99 % of New York's taxi pickups, in feature order. */
export const TAXI_DISTRICTS = [
  'dr5ru',
  'dr5rs',
  'dr5rv',
  'dr72h',
  'dr72j',
  'dr5re',
  'dr5rk',
  'dr5rz',
  'dr5ry',
  'dr5rt',
  'dr5rg',
  'dr5x1',
  'dr5x0',
  'dr72m',
  'dr5rm',
  'dr5rx',
  'dr5x2',
  'dr5rw',
  'dr5rh',
  'dr5x8',
] as const;

const PRECISION = 5;
const POSITIONS: ReadonlyMap<string, number> = new Map(TAXI_DISTRICTS.map((cell, i) => [cell, i]));

/** Which district holds a point: 0 .. 19, or -1 for none. A point on a cell's edge belongs to the cell south or west of it. */
export function districtOf(latitude: number, longitude: number): number {
  return POSITIONS.get(ngeohash.encode(latitude, longitude, PRECISION)) ?? -1;
}
