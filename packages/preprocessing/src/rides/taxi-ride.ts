import { type CityPoint, manhattanPoint, type Place, pointIn } from './city-map.js';
import { exponential, normal, type Random, weightedIndex } from './random.js';
import { fareCents, isBetween } from './taxi-tariff.js';

/** A ride without dirt. */
export interface TaxiRide {
  readonly pickup: CityPoint;
  readonly dropoff: CityPoint;
  readonly fareCents: number;
  readonly passengers: number;
}

export interface RideTime {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** 0 = Monday. */
  readonly weekday: number;
  readonly hour: number;
}

const MILES_PER_KM = 0.621371;

const PICKUPS: readonly Place[] = ['manhattan', 'laguardia', 'jfk', 'brooklyn', 'queens', 'bronx'];
const pickupPlace = weightedIndex([91.4, 2.7, 1.9, 2.4, 1.5, 0.1]);

const DROPOFFS: readonly Place[] = ['manhattan', 'laguardia', 'jfk', 'brooklyn', 'queens', 'bronx', 'newark'];
const dropoffPlace: Readonly<Record<Place, (random: Random) => number>> = {
  manhattan: weightedIndex([90.3, 1.7, 1.1, 4.1, 2.2, 0.4, 0.2]),
  laguardia: weightedIndex([75, 0, 2, 11, 11, 1, 0]),
  jfk: weightedIndex([65, 2, 0, 18, 14, 1, 0]),
  brooklyn: weightedIndex([35, 1, 1, 58, 5, 0, 0]),
  queens: weightedIndex([35, 3, 1, 6, 55, 0, 0]),
  bronx: weightedIndex([40, 0, 0, 5, 5, 50, 0]),
  newark: weightedIndex([100, 0, 0, 0, 0, 0, 0]),
};

/** Shares of 1, 2 ... 6 passengers. */
const passengerCount = weightedIndex([69.9, 14.8, 4.4, 2.0, 6.9, 2.0]);

/** Average speed through Manhattan by hour of a working day, in miles an hour. */
const WORKDAY_MPH = [
  16, 17, 18, 19, 20, 21, 18, 13, 10.5, 10, 10, 9.8, 9.6, 9.7, 9.8, 9.6, 10, 10, 10.2, 11, 12, 12.8, 13.2, 14.2,
];
const WEEKEND_MPH = [
  13, 13.2, 13.5, 14.5, 17, 20, 20.5, 19.5, 17, 15, 13.2, 12.2, 11.5, 11.2, 11, 11, 11, 11, 11, 11.2, 12, 12.5, 12.8,
  13,
];
/** The speed above which nothing counts as waiting. */
const FREE_MPH = 20;

/** Draws a ride for a pickup time. */
export function drawRide(time: RideTime, random: Random): TaxiRide {
  const pickup = pointIn(PICKUPS[pickupPlace(random)]!, random);
  const dropoff = drawDropoff(pickup, random);
  return {
    pickup,
    dropoff,
    fareCents: drawFare(pickup, dropoff, time, random),
    passengers: 1 + passengerCount(random),
  };
}

/** Draws what cannot be known of a ride from its time and its ends: traffic, and whether the driver takes the toll road. */
export function drawFare(pickup: CityPoint, dropoff: CityPoint, time: RideTime, random: Random): number {
  const miles = (Math.abs(dropoff.up - pickup.up) + Math.abs(dropoff.across - pickup.across)) * MILES_PER_KM * 1.04;
  const mph = (time.weekday < 5 ? WORKDAY_MPH : WEEKEND_MPH)[time.hour]!;
  const minutes = (miles / (mph * (0.78 + miles / 16))) * 60 * Math.exp(normal(random) * 0.32) + random() * 3;
  const slowMinutes = Math.max(0, minutes - (miles / FREE_MPH) * 60);
  const usesTollRoad = takesToll(pickup.place, dropoff.place) && random() < 0.5;
  return fareCents({ from: pickup.place, to: dropoff.place, day: time.day, miles, slowMinutes, usesTollRoad });
}

/** Most rides inside Manhattan are short: a few stops up or down the avenues, fewer across. */
function drawDropoff(pickup: CityPoint, random: Random): CityPoint {
  const place = DROPOFFS[dropoffPlace[pickup.place](random)]!;
  if (place !== 'manhattan' || pickup.place !== 'manhattan') return pointIn(place, random);
  const up = 0.35 + exponential(random) * 1.75;
  const across = 0.1 + exponential(random) * 0.75;
  return manhattanPoint(pickup.up + (random() < 0.5 ? up : -up), pickup.across + (random() < 0.5 ? across : -across));
}

/** Tunnels and bridges with a toll lie between Manhattan and the airports. */
function takesToll(from: Place, to: Place): boolean {
  return isBetween(from, to, 'manhattan', 'laguardia') || isBetween(from, to, 'manhattan', 'jfk');
}
