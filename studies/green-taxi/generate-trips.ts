import { createRandom, normal, type Random, weightedIndex } from 'assay';

/** A month of trips that look like the published ones. */
export interface TripFile {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly rows: number;
  /** Same seed, same bytes. */
  readonly seed: number;
}

const HEADER = 'lpep_pickup_datetime,lpep_dropoff_datetime,PULocationID,DOLocationID,trip_distance,trip_type\n';

interface Zone {
  readonly id: number;
  /** Miles from the middle of the city. */
  readonly east: number;
  readonly north: number;
}

/** The same city in every file. */
const ZONES: readonly Zone[] = cityOf(260, createRandom(1));

/** Trips by hour of the day, in thousands of the real ones of 2021-01. */
const HOURS = [
  0.8, 0.6, 0.5, 0.4, 0.5, 0.8, 2, 3.4, 4.3, 4.5, 4.4, 4.4, 4.5, 4.6, 5, 5.5, 5.4, 5.2, 4.6, 3.7, 2.7, 2.1, 1.7, 1.2,
];

const drawHour = weightedIndex(HOURS);

/** Rates of the real months. */
const DIRT = { noType: 0.48, noDistance: 0.022, absurdDistance: 0.0008, forgottenMeter: 0.02 };

/** The file's text: trips between zones, slower in busy hours, with the dirt of the real months. */
export function generateTrips({ year, month, rows, seed }: TripFile): string {
  const random = createRandom(seed, 1);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const lines = [HEADER];
  for (let row = 0; row < rows; row++) {
    const day = 1 + Math.floor(random() * days);
    lines.push(tripOf(Date.UTC(year, month - 1, day), random));
  }
  return lines.join('');
}

function tripOf(midnightMs: number, random: Random): string {
  const hour = drawHour(random);
  const isDispatched = random() < DIRT.noType;
  const [from, to] = [drawZone(random), drawZone(random)];
  const miles = 0.4 + 1.3 * Math.hypot(from.east - to.east, from.north - to.north) * Math.exp(0.1 * normal(random));
  const startMs =
    midnightMs + hour * 3_600_000 + Math.floor(random() * (isDispatched ? 60 : 3600)) * (isDispatched ? 60_000 : 1000);
  const endMs = startMs + Math.round(60 * minutesOf(miles, hour, random)) * 1000;
  const type = isDispatched ? '' : random() < 0.98 ? '1.0' : '2.0';
  return `${timeText(startMs)},${timeText(endMs)},${from.id},${to.id},${recorded(miles, random)},${type}\n`;
}

/** Three minutes and the way at 9 to 21 miles an hour, the slower the more trips there are; now and then a meter runs on. */
function minutesOf(miles: number, hour: number, random: Random): number {
  if (random() < DIRT.forgottenMeter) return random() * 120;
  const milesPerHour = 21 - 12 * (HOURS[hour]! / Math.max(...HOURS));
  return (3 + (60 * miles) / (milesPerHour + 1.2 * miles)) * Math.exp(0.2 * normal(random));
}

function recorded(miles: number, random: Random): string {
  const draw = random();
  if (draw < DIRT.noDistance) return '0.0';
  if (draw < DIRT.noDistance + DIRT.absurdDistance) return (1000 + random() * 100_000).toFixed(2);
  return miles.toFixed(2);
}

/** The first zones are the busiest, as a few of Harlem's are. */
function drawZone(random: Random): Zone {
  return ZONES[Math.floor(ZONES.length * random() ** 3)]!;
}

function cityOf(zones: number, random: Random): Zone[] {
  return Array.from({ length: zones }, (_, index) => ({
    id: index + 1,
    east: 1.9 * normal(random),
    north: 2.5 * normal(random),
  }));
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
