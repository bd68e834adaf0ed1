import {
  allOf,
  category,
  clip,
  compare,
  daysSince,
  dropIf,
  dropUnless,
  haversine,
  hour,
  log1p,
  oneOf,
  point,
  recipe,
  since,
  splitByRows,
  weekday,
} from 'assay';

const START = point('start station latitude', 'start station longitude');
const END = point('end station latitude', 'end station longitude');

/** A rider's birth year, from the trip. Bikes are left out: of those of 2020 nearly none rode in the years before. */
export const bikeRecipe = recipe({
  name: 'citibike',
  columns: {
    tripduration: 'number',
    starttime: { type: 'timestamp', formats: ['iso', 'month/day/year'] },
    'start station id': 'integer',
    'start station latitude': 'number',
    'start station longitude': 'number',
    'end station id': 'integer',
    'end station latitude': 'number',
    'end station longitude': 'number',
    bikeid: 'integer', // tells trips apart that are otherwise alike: friends who ride together
    usertype: 'text?',
    'birth year': { type: 'number', optional: true, nulls: ['NULL'] },
    gender: 'integer',
  },
  label: 'birth year',
  rules: [
    // Who gave no birth year had none until 2017, and 1969 from then on.
    dropIf(
      'filler birth year',
      allOf(oneOf('birth year', [1969]), oneOf('gender', [0]), since('starttime', '2018-01-01')),
    ),
    dropUnless('birth year after 1900', compare('birth year', '>', 1900)), // the blog's, which missing ones fail too
  ],
  features: {
    /** From a minute to two hours: some bikes are away for days. */
    duration: log1p(clip('tripduration', 60, 7200)),
    /** Kilometres. */
    distance: clip(haversine(START, END), 0, 6),
    gender: category('gender', { known: ['0', '1', '2'] }),
    usertype: category('usertype', { known: ['Subscriber', 'Customer'] }),
    start: category('start station id', { min: 50 }),
    end: category('end station id', { min: 50 }),
    /** Where the stations are, which also tells of those that the training years did not have. */
    places: {
      start_latitude: START.latitude,
      start_longitude: START.longitude,
      end_latitude: clip(END.latitude, 40.68, 40.78),
      end_longitude: clip(END.longitude, -74.1, -73.95),
    },
    hour: hour('starttime'),
    weekday: weekday('starttime'),
    trend: daysSince('starttime', '2016-01-01'),
  },
  split: splitByRows({ validationFile: { test: 0.5 } }),
});
