import { normal, type Random, weightedIndex } from './random.js';

export type Place = 'manhattan' | 'laguardia' | 'jfk' | 'brooklyn' | 'queens' | 'bronx' | 'newark';

/** A point of the city, in kilometres from the Battery: up the avenues (29 degrees east of north) and across them to the east. */
export interface CityPoint {
  readonly place: Place;
  readonly up: number;
  readonly across: number;
}

const BATTERY = { latitude: 40.703, longitude: -74.0155 };
const AVENUE_ANGLE = (29 * Math.PI) / 180;
const KM_PER_LATITUDE = 111.2;
const KM_PER_LONGITUDE = KM_PER_LATITUDE * Math.cos((40.75 * Math.PI) / 180);

/** Where taxis work in Manhattan: share, and kilometres up the avenues from the Battery (mean, spread). */
const NEIGHBOURHOODS = [
  { share: 9, up: 1.2, spread: 0.6 }, // Financial District, Tribeca
  { share: 24, up: 3.6, spread: 0.8 }, // Soho, the Villages, Union Square
  { share: 39, up: 6.3, spread: 1.0 }, // Midtown
  { share: 25, up: 9.2, spread: 1.1 }, // Upper East and Upper West Side
  { share: 3, up: 12.4, spread: 1.2 }, // Harlem
];
const neighbourhood = weightedIndex(NEIGHBOURHOODS.map(({ share }) => share));

/** The other places: centre and spread in kilometres. */
const CENTRES: Readonly<Record<Exclude<Place, 'manhattan'>, { latitude: number; longitude: number; spread: number }>> =
  {
    laguardia: { latitude: 40.7725, longitude: -73.872, spread: 0.35 },
    jfk: { latitude: 40.645, longitude: -73.784, spread: 0.4 },
    brooklyn: { latitude: 40.697, longitude: -73.972, spread: 1.9 },
    queens: { latitude: 40.751, longitude: -73.922, spread: 1.9 },
    bronx: { latitude: 40.832, longitude: -73.918, spread: 1.2 },
    newark: { latitude: 40.69, longitude: -74.177, spread: 0.4 },
  };

export function pointIn(place: Place, random: Random): CityPoint {
  if (place === 'manhattan') {
    const { up, spread } = NEIGHBOURHOODS[neighbourhood(random)]!;
    return manhattanPoint(up + normal(random) * spread, -0.15 + normal(random) * 0.75);
  }
  const { latitude, longitude, spread } = CENTRES[place];
  const centre = toCity(latitude, longitude);
  return { place, up: centre.up + normal(random) * spread, across: centre.across + normal(random) * spread };
}

/** The nearest point of Manhattan. */
export function manhattanPoint(up: number, across: number): CityPoint {
  return { place: 'manhattan', up: clamp(up, 0.2, 16), across: clamp(across, -1.5, 1.4) };
}

export function toDegrees({ up, across }: CityPoint): { latitude: number; longitude: number } {
  const north = up * Math.cos(AVENUE_ANGLE) - across * Math.sin(AVENUE_ANGLE);
  const east = up * Math.sin(AVENUE_ANGLE) + across * Math.cos(AVENUE_ANGLE);
  return {
    latitude: BATTERY.latitude + north / KM_PER_LATITUDE,
    longitude: BATTERY.longitude + east / KM_PER_LONGITUDE,
  };
}

function toCity(latitude: number, longitude: number): { up: number; across: number } {
  const north = (latitude - BATTERY.latitude) * KM_PER_LATITUDE;
  const east = (longitude - BATTERY.longitude) * KM_PER_LONGITUDE;
  return {
    up: north * Math.cos(AVENUE_ANGLE) + east * Math.sin(AVENUE_ANGLE),
    across: east * Math.cos(AVENUE_ANGLE) - north * Math.sin(AVENUE_ANGLE),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
