import { daysFromCivil } from '../timestamp.js';
import type { Place } from './city-map.js';

/** What the meter of a New York yellow taxi needs to know of a ride. */
export interface MeteredRide {
  readonly from: Place;
  readonly to: Place;
  /** Day of the pickup, in days since 1970-01-01. */
  readonly day: number;
  readonly miles: number;
  /** Minutes standing or slower than 12 mph. */
  readonly slowMinutes: number;
  readonly usesTollRoad: boolean;
}

/** New fares came into force on this day: 50 cents a unit instead of 40, and 52 dollars instead of 45 for the JFK trip. */
const NEW_FARES = daysFromCivil(2012, 9, 4);

/** Toll of the MTA's major bridges and tunnels with E-ZPass, by the day it came into force, in cents. */
const TOLLS = [
  { from: daysFromCivil(2015, 3, 22), cents: 554 },
  { from: daysFromCivil(2013, 3, 3), cents: 533 },
  { from: daysFromCivil(2010, 12, 30), cents: 480 },
  { from: daysFromCivil(2009, 7, 12), cents: 457 },
  { from: Number.NEGATIVE_INFINITY, cents: 415 },
];

/**
 * The fare in cents, as the rides' files state it: by the meter, or flat between Manhattan and JFK, plus tolls. The evening and
 * night surcharges and the state tax were kept in columns of their own, and are not in it.
 * @see NYC Taxi and Limousine Commission, yellow taxi rate of fare in force 2009 to 2012 and from 2012-09-04: 2.50 dollars for
 * the first unit; a unit is 1/5 mile, or 60 seconds at less than 12 mph; Newark trips cost 15 (17.50) dollars more
 */
export function fareCents({ from, to, day, miles, slowMinutes, usesTollRoad }: MeteredRide): number {
  const isNew = day >= NEW_FARES;
  const toll = usesTollRoad ? TOLLS.find((toll) => day >= toll.from)!.cents : 0;
  if (isBetween(from, to, 'jfk', 'manhattan')) return (isNew ? 5200 : 4500) + toll;
  const units = Math.floor(Math.max(0, miles * 5 - 1) + slowMinutes);
  const newark = from === 'newark' || to === 'newark' ? (isNew ? 1750 : 1500) : 0;
  return 250 + units * (isNew ? 50 : 40) + newark + toll;
}

/** Whether a ride goes from one place to the other, either way. */
export function isBetween(from: Place, to: Place, one: Place, other: Place): boolean {
  return (from === one && to === other) || (from === other && to === one);
}
