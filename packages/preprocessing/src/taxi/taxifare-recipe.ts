import { geohash } from '../recipe/category-builders.js';
import {
  cyclic,
  daysSince,
  haversine,
  hour,
  manhattan,
  month,
  point,
  scaled,
  weekday,
  year,
} from '../recipe/number-builders.js';
import { recipe } from '../recipe/recipe.js';
import { allOf, allZero, between, dropIf, dropUnless } from '../recipe/rule-builders.js';
import { splitByRows } from '../recipe/split-builders.js';
import type { TableRecipe } from '../table-recipe.js';
import { TAXI_DISTRICTS } from './taxi-districts.js';

const PICKUP = point('pickup_latitude', 'pickup_longitude');
const DROPOFF = point('dropoff_latitude', 'dropoff_longitude');
const TIME = 'pickup_datetime';
/** The files' times are in UTC by their own word; the course's features are by the clock of New York. */
const ZONE = 'America/New_York';

/** How the feature `trend` counts time: the first edition's calendar year, or the later edition's days since 2009. */
export type TrendFeature = 'year' | 'days';

/** The course scales years by 2009 .. 2019 and elapsed days by 2090 (its package). */
const TRENDS = {
  year: { year: scaled(year(TIME, ZONE), 2009, 2019) },
  days: { days: scaled(daysSince(TIME, '2009-01-01'), 0, 2090) },
} as const;

/**
 * New York taxi fares: the 65 features (in 10 stored columns) and the cleaning of the "Train at scale" course (first edition).
 * 15 % of the training file's rows, by hash, are test rows. The file's `key` column, where there is one, is ignored.
 * @param options.trend how time goes by: the calendar year (default), or days since 2009 as in the course's later edition
 */
export function taxifareRecipe(options: { readonly trend?: TrendFeature } = {}): TableRecipe {
  return recipe({
    name: 'taxifare',
    columns: {
      fare_amount: 'number',
      pickup_datetime: 'timestamp',
      pickup_longitude: 'number',
      pickup_latitude: 'number',
      dropoff_longitude: 'number',
      dropoff_latitude: 'number',
      // No integer: the exercise files print it as 1.0, and the course keeps the few rows that hold 1.3 or 0.12.
      passenger_count: 'number',
    },
    label: 'fare_amount',
    rules: [
      dropIf(
        'all coordinates zero',
        allZero([PICKUP, DROPOFF].flatMap(({ latitude, longitude }) => [latitude, longitude])),
      ),
      dropUnless('passengers not between 0 and 8', between('passenger_count', 0, 8, { ends: 'excluded' })),
      dropUnless('fare not between 0 and 400', between('fare_amount', 0, 400, { ends: 'excluded' })),
      dropUnless(
        'outside New York',
        allOf(
          ...[PICKUP, DROPOFF].flatMap(({ latitude, longitude }) => [
            between(longitude, -74.3, -73.7),
            between(latitude, 40.5, 40.9),
          ]),
        ),
      ),
    ],
    features: {
      passengers: scaled('passenger_count', 1, 8),
      weekday: weekday(TIME, ZONE),
      month: month(TIME, ZONE),
      trend: TRENDS[options.trend ?? 'year'],
      hour: cyclic(hour(TIME, ZONE)),
      distance: {
        haversine: scaled(haversine(PICKUP, DROPOFF), 0, 100),
        manhattan: scaled(manhattan(PICKUP, DROPOFF), 0, 100),
      },
      pickup_district: { pickup: geohash(PICKUP, 5, { known: TAXI_DISTRICTS }) },
      dropoff_district: { dropoff: geohash(DROPOFF, 5, { known: TAXI_DISTRICTS }) },
    },
    split: splitByRows({ test: 0.15 }),
  });
}
