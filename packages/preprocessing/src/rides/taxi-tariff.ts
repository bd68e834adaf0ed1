import type { Place } from './city-map.js';

/** What the meter of a New York yellow taxi needs to know of a ride. */
export interface MeteredRide {
  readonly from: Place;
  readonly to: Place;
  /** Day of the pickup, `YYYY-MM-DD`. */
  readonly day: string;
  readonly miles: number;
  /** Minutes standing or slower than 12 mph. */
  readonly slowMinutes: number;
  readonly usesTollRoad: boolean;
}

/** New fares came into force on this day: 50 cents a unit instead of 40, and 52 dollars instead of 45 for the JFK trip. */
const NEW_FARES = '2012-09-04';

/** Toll of the MTA's major bridges and tunnels with E-ZPass, by the day it came into force, in cents. */
const TOLLS = [
  { from: '2015-03-22', cents: 554 },
  { from: '2013-03-03', cents: 533 },
  { from: '2010-12-30', cents: 480 },
  { from: '2009-07-12', cents: 457 },
  { from: '0000-00-00', cents: 415 },
];

/**
 * The fare in cents, as the rides' files state it: by the meter, or flat between Manhattan and JFK, plus tolls. The evening and
 * night surcharges and the state tax were kept in columns of their own, and are not in it.
 * @see NYC Taxi and Limousine Commission, yellow taxi rate of fare in force 2009 to 2012 and from 2012-09-04: 2.50 dollars for
 * the first unit; a unit is 1/5 mile, or 60 seconds at less than 12 mph; Newark trips cost 15 (17.50) dollars more
 */
export function fareCents(ride: MeteredRide): number {
  const isNew = ride.day >= NEW_FARES;
  const toll = ride.usesTollRoad ? TOLLS.find(({ from }) => ride.day >= from)!.cents : 0;
  const ends = [ride.from, ride.to];
  if (ends.includes('jfk') && ends.includes('manhattan')) return (isNew ? 5200 : 4500) + toll;
  const units = Math.floor(Math.max(0, ride.miles * 5 - 1) + ride.slowMinutes);
  const newark = ends.includes('newark') ? (isNew ? 1750 : 1500) : 0;
  return 250 + units * (isNew ? 50 : 40) + newark + toll;
}
