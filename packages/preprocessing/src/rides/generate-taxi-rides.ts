import { PreprocessingError } from '../preprocessing-error.js';
import { toDegrees } from './city-map.js';
import { drawDay, drawHour, drawSecond, FIRST_DAY, WEEKDAYS } from './pickup-time.js';
import { createRandom, type Random } from './random.js';
import { type RideCells, soil } from './ride-dirt.js';
import { MAX_LINE_BYTES, type RideStamp, writeRide } from './ride-text.js';
import { drawRide } from './taxi-ride.js';

export interface RideOptions {
  readonly rows: number;
  /** Same seed, same bytes. A whole number from 0. */
  readonly seed: number;
}

export const TAXI_HEADER =
  'key,fare_amount,pickup_datetime,pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude,passenger_count\n';

/** Rows with a random stream of their own, so that any of them can be made without those before. Part of what a seed means. */
export const RIDES_PER_BLOCK = 16_384;

/** Rows whose coordinates went through float32 on their way into the file. */
const FLOAT32_NOISE = 0.1;

/**
 * Taxi rides that never were, as CSV in the shape of the real training file: fares by New York's tariff of 2009 to 2015, busy
 * hours, days and months as in the real rows, speeds by hour, places where taxis work, and the same dirt at the same rates
 * (zeros, swapped and impossible coordinates, places outside the city, no passenger, negative fares, float32 noise).
 * @returns pieces of the file. Two buffers take turns: a piece is good until the next but one is asked for
 * @throws {PreprocessingError} BAD_OPTION
 */
export function* generateTaxiRides({ rows, seed }: RideOptions): Generator<Buffer> {
  for (const [name, value] of Object.entries({ rows, seed })) {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new PreprocessingError('BAD_OPTION', `${name} is ${value}`, { expected: 'a whole number from 0' });
  }
  yield Buffer.from(TAXI_HEADER, 'latin1');
  const size = Math.min(rows, RIDES_PER_BLOCK) * MAX_LINE_BYTES;
  const buffers = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(size)];
  for (let block = 0; block * RIDES_PER_BLOCK < rows; block++) {
    const bytes = buffers[block % 2]!;
    yield bytes.subarray(0, writeBlock(bytes, block, Math.min(RIDES_PER_BLOCK, rows - block * RIDES_PER_BLOCK), seed));
  }
}

/** Writes the first rides of a block. @returns how many bytes they take */
export function writeBlock(bytes: Buffer, block: number, rows: number, seed: number): number {
  const random = createRandom(seed, block);
  const stamp = { day: 0, hour: 0, minute: 0, second: 0, suffix: 0 };
  const cells = {
    fareCents: 0,
    pickupLongitude: 0,
    pickupLatitude: 0,
    dropoffLongitude: 0,
    dropoffLatitude: 0,
    passengers: 0,
  };
  let end = 0;
  for (let row = 0; row < rows; row++) {
    drawStamp(stamp, random);
    drawCells(cells, stamp, random);
    soil(cells, random);
    end = writeRide(bytes, end, stamp, cells, random() < FLOAT32_NOISE);
  }
  return end;
}

function drawStamp(stamp: RideStamp, random: Random): void {
  stamp.day = drawDay(random);
  stamp.hour = drawHour(WEEKDAYS[stamp.day]!, random);
  stamp.minute = Math.floor(random() * 60);
  stamp.second = drawSecond(random);
  stamp.suffix = 1 + Math.floor(random() * 9);
}

function drawCells(cells: RideCells, { day, hour }: RideStamp, random: Random): void {
  const ride = drawRide({ day: FIRST_DAY + day, weekday: WEEKDAYS[day]!, hour }, random);
  const pickup = toDegrees(ride.pickup);
  const dropoff = toDegrees(ride.dropoff);
  cells.fareCents = ride.fareCents;
  cells.pickupLongitude = pickup.longitude;
  cells.pickupLatitude = pickup.latitude;
  cells.dropoffLongitude = dropoff.longitude;
  cells.dropoffLatitude = dropoff.latitude;
  cells.passengers = ride.passengers;
}
