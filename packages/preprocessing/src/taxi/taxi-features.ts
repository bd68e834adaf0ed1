import type { FeatureGroup, FeatureWriter } from '../table-recipe.js';
import { daysFromCivil } from '../timestamp.js';
import type { TypedTable } from '../typed-table.js';
import { newYorkTime, weekdayOf } from './new-york-clock.js';
import { haversineKm, manhattanKm } from './ride-distance.js';
import { districtOf, TAXI_DISTRICTS } from './taxi-districts.js';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_MS = 86_400_000;
const EPOCH_MS = daysFromCivil(2009, 1, 1) * DAY_MS;
/** The course scales elapsed days by 2090 (its package) and years by 2009 .. 2019. */
const ELAPSED_DAYS_SCALE = 2090;

/** How column 20 counts time: the first edition's calendar year, or the later edition's days since 2009. */
export type TrendFeature = 'year' | 'days';

/** Names of the 65 features in column order. */
export function taxiFeatureNames(trend: TrendFeature): readonly string[] {
  return [
    'passengers',
    ...WEEKDAYS.map((day) => `weekday_${day}`),
    ...MONTHS.map((month) => `month_${month}`),
    trend,
    'hour_sin',
    'hour_cos',
    'haversine',
    'manhattan',
    ...TAXI_DISTRICTS.map((cell) => `pickup_${cell}`),
    ...TAXI_DISTRICTS.map((cell) => `dropoff_${cell}`),
  ];
}

export const TAXI_GROUPS: readonly FeatureGroup[] = [
  { name: 'passengers', start: 0, end: 1 },
  { name: 'weekday', start: 1, end: 8 },
  { name: 'month', start: 8, end: 20 },
  { name: 'trend', start: 20, end: 21 },
  { name: 'hour', start: 21, end: 23 },
  { name: 'distance', start: 23, end: 25 },
  { name: 'pickup_district', start: 25, end: 45 },
  { name: 'dropoff_district', start: 45, end: 65 },
];

/** Features of one ride, as the course's first edition computes them. All in float64, rounded to float32 when stored. */
export function taxiWriter(table: TypedTable, trend: TrendFeature): FeatureWriter {
  const passengers = table.numbers('passenger_count');
  const times = table.numbers('pickup_datetime');
  const pickupLongitude = table.numbers('pickup_longitude');
  const pickupLatitude = table.numbers('pickup_latitude');
  const dropoffLongitude = table.numbers('dropoff_longitude');
  const dropoffLatitude = table.numbers('dropoff_latitude');
  return (row, out, offset) => {
    out[offset] = (passengers[row]! - 1) / (8 - 1);
    writeTime(times[row]!, trend, out, offset);
    const ends = [pickupLatitude[row]!, pickupLongitude[row]!, dropoffLatitude[row]!, dropoffLongitude[row]!] as const;
    out[offset + 23] = haversineKm(...ends) / 100;
    out[offset + 24] = manhattanKm(...ends) / 100;
    const pickup = districtOf(ends[0], ends[1]);
    const dropoff = districtOf(ends[2], ends[3]);
    if (pickup >= 0) out[offset + 25 + pickup] = 1;
    if (dropoff >= 0) out[offset + 45 + dropoff] = 1;
  };
}

function writeTime(utcMs: number, trend: TrendFeature, out: Float32Array, offset: number): void {
  const localMs = newYorkTime(utcMs);
  const local = new Date(localMs);
  const angle = (2 * Math.PI * local.getUTCHours()) / 24;
  out[offset + 1 + weekdayOf(localMs)] = 1;
  out[offset + 8 + local.getUTCMonth()] = 1;
  out[offset + 20] =
    trend === 'year'
      ? (local.getUTCFullYear() - 2009) / (2019 - 2009)
      : (utcMs - EPOCH_MS) / DAY_MS / ELAPSED_DAYS_SCALE;
  out[offset + 21] = Math.sin(angle);
  out[offset + 22] = Math.cos(angle);
}
