import type { Random } from './random.js';

/** The cells of a ride that dirt may change. Degrees; dollars in cents. */
export interface RideCells {
  fareCents: number;
  pickupLongitude: number;
  pickupLatitude: number;
  dropoffLongitude: number;
  dropoffLatitude: number;
  passengers: number;
}

/** Shares of rows with each kind of dirt, as measured on the first 50,000 rows of the real training file. */
const DIRT = Object.freeze({
  allZero: 0.0183,
  oneEndZero: 0.0017,
  samePlace: 0.0107,
  farAway: 0.0022,
  swapped: 0.0004,
  impossible: 0.00003,
  noPassenger: 0.0033,
  negativeFare: 0.00012,
  freeRide: 0.00006,
});

/** The kinds that damage the places, at most one a ride, by where a uniform draw falls. */
const ALL_ZERO = DIRT.allZero;
const ONE_END_ZERO = ALL_ZERO + DIRT.oneEndZero;
const SAME_PLACE = ONE_END_ZERO + DIRT.samePlace;
const FAR_AWAY = SAME_PLACE + DIRT.farAway;
const SWAPPED = FAR_AWAY + DIRT.swapped;
const IMPOSSIBLE = SWAPPED + DIRT.impossible;

/** Damages a ride the way the real file is damaged, in place. */
export function soil(ride: RideCells, random: Random): void {
  const draw = random();
  if (draw < IMPOSSIBLE) soilPlaces(ride, draw, random);
  if (random() < DIRT.noPassenger) ride.passengers = 0;
  const fare = random();
  if (fare < DIRT.negativeFare) ride.fareCents = -ride.fareCents;
  else if (fare < DIRT.negativeFare + DIRT.freeRide) ride.fareCents = 0;
}

function soilPlaces(ride: RideCells, draw: number, random: Random): void {
  if (draw < ONE_END_ZERO) {
    const isPickup = draw >= ALL_ZERO && random() < 0.5;
    const isDropoff = draw >= ALL_ZERO && !isPickup;
    if (!isDropoff) movePickup(ride, 0, 0);
    if (!isPickup) moveDropoff(ride, 0, 0);
  } else if (draw < SAME_PLACE) moveDropoff(ride, ride.pickupLongitude, ride.pickupLatitude);
  else if (draw < FAR_AWAY) moveDropoff(ride, -73.6 + random(), 40.91 + random());
  else if (draw < SWAPPED) swapAxes(ride);
  else ride.pickupLatitude += 360;
}

function movePickup(ride: RideCells, longitude: number, latitude: number): void {
  ride.pickupLongitude = longitude;
  ride.pickupLatitude = latitude;
}

function moveDropoff(ride: RideCells, longitude: number, latitude: number): void {
  ride.dropoffLongitude = longitude;
  ride.dropoffLatitude = latitude;
}

/** Longitude and latitude in each other's column. */
function swapAxes(ride: RideCells): void {
  movePickup(ride, ride.pickupLatitude, ride.pickupLongitude);
  moveDropoff(ride, ride.dropoffLatitude, ride.dropoffLongitude);
}
