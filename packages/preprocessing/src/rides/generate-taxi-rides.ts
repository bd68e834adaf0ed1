import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PreprocessingError } from '../preprocessing-error.js';
import { weekdayOf } from '../taxi/new-york-clock.js';
import { daysFromCivil } from '../timestamp.js';
import { toDegrees } from './city-map.js';
import { createRandom, type Random, weightedIndex } from './random.js';
import { type RideCells, soil } from './ride-dirt.js';
import { drawRide } from './taxi-ride.js';

export interface RideOptions {
  readonly rows: number;
  /** Same seed, same text. A whole number from 0. */
  readonly seed: number;
}

export const TAXI_HEADER =
  'key,fare_amount,pickup_datetime,pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude,passenger_count';

const ROWS_PER_PIECE = 1000;
const DAY_MS = 86_400_000;
const FIRST_DAY = daysFromCivil(2009, 1, 1);
const DAYS = daysFromCivil(2015, 7, 1) - FIRST_DAY;
/** Pickups by hour of the day: fewest at 5, most at 19. */
const hourOfDay = weightedIndex([
  39, 29, 22, 17, 12.5, 10, 20.5, 36, 45, 47, 46, 48, 50, 50, 50, 48, 41, 50, 61, 63, 58, 57, 56, 50,
]);
/** Rows whose coordinates went through float32 on their way into the file. */
const FLOAT32_NOISE = 0.1;

const TWO_DIGITS = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));
const DATES = Array.from({ length: DAYS }, (_, i) => new Date((FIRST_DAY + i) * DAY_MS).toISOString().slice(0, 10));

/**
 * Taxi rides that never were, as CSV text in the shape of the real training file: fares by New York's tariff of 2009 to 2015,
 * speeds by hour, places where taxis work, and the same dirt at the same rates (zeros, swapped and impossible coordinates,
 * places outside the city, no passenger, negative fares, float32 noise).
 * @throws {PreprocessingError} BAD_OPTION
 */
export function* generateTaxiRides({ rows, seed }: RideOptions): Generator<string> {
  for (const [name, value] of Object.entries({ rows, seed })) {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new PreprocessingError('BAD_OPTION', `${name} is ${value}`, { expected: 'a whole number from 0' });
  }
  const random = createRandom(seed);
  yield `${TAXI_HEADER}\n`;
  for (let done = 0; done < rows; done += ROWS_PER_PIECE) {
    let piece = '';
    for (let i = Math.min(ROWS_PER_PIECE, rows - done); i > 0; i--) piece += rideLine(random);
    yield piece;
  }
}

/**
 * Writes generated rides to a file, which appears only when it is complete.
 * @throws {PreprocessingError} BAD_OPTION, WRITE_FAILED
 */
export async function writeTaxiRides(file: string, options: RideOptions): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(generateTaxiRides(options)), createWriteStream(temporary));
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (cause instanceof PreprocessingError) throw cause;
    throw new PreprocessingError('WRITE_FAILED', 'the rides cannot be written', {
      file,
      hint: 'Check the folder and its free space',
      cause,
    });
  }
}

function rideLine(random: Random): string {
  const day = Math.floor(random() * DAYS);
  const hour = hourOfDay(random);
  const date = DATES[day]!;
  const ride = drawRide(date, weekdayOf((FIRST_DAY + day) * DAY_MS), hour, random);
  const pickup = toDegrees(ride.pickup);
  const dropoff = toDegrees(ride.dropoff);
  const cells: RideCells = {
    fareCents: ride.fareCents,
    pickupLongitude: pickup.longitude,
    pickupLatitude: pickup.latitude,
    dropoffLongitude: dropoff.longitude,
    dropoffLatitude: dropoff.latitude,
    passengers: ride.passengers,
  };
  soil(cells, random);
  const time = `${date} ${TWO_DIGITS[hour]}:${TWO_DIGITS[Math.floor(random() * 60)]}:${TWO_DIGITS[Math.floor(random() * 60)]}`;
  return `${time}.000000${1 + Math.floor(random() * 9)},${cells.fareCents / 100},${time} UTC,${placesText(cells, random)},${cells.passengers}\n`;
}

function placesText(cells: RideCells, random: Random): string {
  const print = random() < FLOAT32_NOISE ? Math.fround : microDegrees;
  return `${print(cells.pickupLongitude)},${print(cells.pickupLatitude)},${print(cells.dropoffLongitude)},${print(cells.dropoffLatitude)}`;
}

function microDegrees(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
