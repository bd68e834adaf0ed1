import { between, category, clip, hour, log1p, minutesBetween, pair, recipe, splitByRows, weekday } from 'assay';

const duration = minutesBetween('lpep_pickup_datetime', 'lpep_dropoff_datetime');

/** No trip of an hour is longer; a few hundred records claim up to 260,000 miles. */
const miles = clip('trip_distance', 0, 30);

/**
 * Minutes that a green taxi's trip takes, from what is known when it begins and its distance, as in the course. Fare, tips,
 * tolls and surcharges would give the duration away; the rate code is the one in effect at the end.
 */
export const tripRecipe = recipe({
  name: 'green-taxi',
  columns: {
    lpep_pickup_datetime: 'timestamp',
    lpep_dropoff_datetime: 'timestamp',
    PULocationID: 'text',
    DOLocationID: 'text',
    trip_distance: 'number',
    trip_type: 'number?',
  },
  label: { duration },
  rules: [between(duration, 1, 60)], // the course's cleaning, and nothing else
  features: {
    distance: { miles, log_miles: log1p(miles) },
    /** 1 hailed on the street, 2 dispatched; half of the records of 2021 do not say, and those trips are longer. */
    trip_type: category('trip_type', { known: ['1', '2'] }),
    pickup: category('PULocationID', { min: 5 }),
    dropoff: category('DOLocationID', { min: 5 }),
    route: pair('PULocationID', 'DOLocationID', { min: 5 }),
    hour: hour('lpep_pickup_datetime'),
    weekday: weekday('lpep_pickup_datetime'),
  },
  split: splitByRows({ validationFile: { test: 0.5 } }),
});
