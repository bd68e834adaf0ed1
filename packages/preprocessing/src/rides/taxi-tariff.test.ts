import { describe, expect, it } from 'vitest';
import { daysFromCivil } from '../timestamp.js';
import { fareCents, type MeteredRide } from './taxi-tariff.js';

const RIDE: MeteredRide = {
  from: 'manhattan',
  to: 'manhattan',
  day: daysFromCivil(2011, 5, 5),
  miles: 0.1,
  slowMinutes: 0,
  usesTollRoad: false,
};

describe('taxi tariff', () => {
  it.each([
    { name: 'the first fifth of a mile', ride: {}, cents: 250 },
    { name: 'a mile: four more units of 40 cents', ride: { miles: 1 }, cents: 250 + 4 * 40 },
    {
      name: 'a mile after September 2012: units of 50 cents',
      ride: { miles: 1, day: daysFromCivil(2012, 9, 4) },
      cents: 250 + 4 * 50,
    },
    { name: 'ten minutes of waiting', ride: { miles: 1, slowMinutes: 10 }, cents: 250 + 14 * 40 },
    { name: 'the flat fare to JFK', ride: { to: 'jfk', miles: 17 }, cents: 4500 },
    {
      name: 'the flat fare from JFK, new, with toll',
      ride: { from: 'jfk', miles: 17, day: daysFromCivil(2013, 3, 3), usesTollRoad: true },
      cents: 5200 + 533,
    },
    { name: 'JFK to Queens by the meter', ride: { from: 'jfk', to: 'queens', miles: 5 }, cents: 250 + 24 * 40 },
    { name: 'Newark', ride: { to: 'newark', miles: 15 }, cents: 250 + 74 * 40 + 1500 },
    {
      name: 'a toll of 2009',
      ride: { to: 'laguardia', miles: 1, day: daysFromCivil(2009, 7, 11), usesTollRoad: true },
      cents: 250 + 160 + 415,
    },
  ] as const)('charges $name', ({ ride, cents }) => expect(fareCents({ ...RIDE, ...ride })).toBe(cents));
});
