const EARTH_RADIUS_KM = 6371;
const RADIANS = Math.PI / 180;

/** Great-circle distance in kilometres (haversine formula); degrees in. */
export function haversineKm(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number {
  const halfLatitude = Math.sin(((latitude2 - latitude1) * RADIANS) / 2);
  const halfLongitude = Math.sin(((longitude2 - longitude1) * RADIANS) / 2);
  const a = halfLatitude ** 2 + Math.cos(latitude1 * RADIANS) * Math.cos(latitude2 * RADIANS) * halfLongitude ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a)));
}

/** The course's Manhattan distance in kilometres: degrees of longitude count like degrees of latitude, whatever the latitude. */
export function manhattanKm(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number {
  return EARTH_RADIUS_KM * RADIANS * (Math.abs(latitude2 - latitude1) + Math.abs(longitude2 - longitude1));
}

/** The compass direction in which a great circle leaves the first point for the second: degrees clockwise from north, 0 .. 360. */
export function bearingDegrees(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number {
  const [from, to] = [latitude1 * RADIANS, latitude2 * RADIANS];
  const turn = (longitude2 - longitude1) * RADIANS;
  const east = Math.sin(turn) * Math.cos(to);
  const north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(turn);
  const degrees = Math.atan2(east, north) / RADIANS;
  return degrees < 0 ? degrees + 360 : degrees;
}

/** Places in degrees. */
export interface Coordinates {
  readonly latitudes: Float64Array;
  readonly longitudes: Float64Array;
}

/** How two places lie to each other: {@link haversineKm}, {@link manhattanKm} or {@link bearingDegrees}. */
export type Distance = 'haversine' | 'manhattan' | 'bearing';

/** A distance for every pair of places; NaN where a coordinate is missing. */
export function distanceColumn(distance: Distance, from: Coordinates, to: Coordinates): Float64Array {
  const { latitudes, longitudes } = from;
  const found = new Float64Array(latitudes.length);
  // A loop each, so that the arithmetic is compiled into it.
  switch (distance) {
    case 'haversine':
      for (let i = 0; i < found.length; i++)
        found[i] = haversineKm(latitudes[i]!, longitudes[i]!, to.latitudes[i]!, to.longitudes[i]!);
      return found;
    case 'manhattan':
      for (let i = 0; i < found.length; i++)
        found[i] = manhattanKm(latitudes[i]!, longitudes[i]!, to.latitudes[i]!, to.longitudes[i]!);
      return found;
    case 'bearing':
      for (let i = 0; i < found.length; i++)
        found[i] = bearingDegrees(latitudes[i]!, longitudes[i]!, to.latitudes[i]!, to.longitudes[i]!);
      return found;
  }
}
