import { describe, expect, it } from 'vitest';
import { numericGradient } from './example.test.kit.js';
import { logBelow, logImprovement } from './normal-tails.js';

/** By mpmath with 60 to 120 digits: ln(phi(u) + u Phi(u)), Phi over that, ln Phi(u), phi over Phi. */
const EXACT = [
  {
    u: 6,
    improvement: 1.7917594692541146,
    slope: 0.16666666649789214,
    below: -9.865876455243758e-10,
    hazard: 6.075882855817676e-9,
  },
  {
    u: 1,
    improvement: 0.08002621884930694,
    slope: 0.7766387252017393,
    below: -0.17275377902344988,
    hazard: 0.2875999709391784,
  },
  {
    u: 0.3,
    improvement: -0.567817153677937,
    slope: 1.0902499611311893,
    below: -0.4814101615884812,
    hazard: 0.6172208536127345,
  },
  {
    u: 0,
    improvement: -0.9189385332046728,
    slope: 1.2533141373155003,
    below: -Math.LN2,
    hazard: 0.7978845608028654,
  },
  {
    u: -0.3,
    improvement: -1.3214012449190435,
    slope: 1.4323241816484151,
    below: -0.9621028181688507,
    hazard: 0.9981659688584833,
  },
  {
    u: -1,
    improvement: -2.4851210257126413,
    slope: 1.9042712333296918,
    below: -1.8410216450092636,
    hazard: 1.525135276160981,
  },
  {
    u: -5,
    improvement: -16.74430116266099,
    slope: 5.361816241288088,
    below: -15.064998393988725,
    hazard: 5.186503967125842,
  },
  {
    u: -30,
    improvement: -457.724653760598,
    slope: 30.06644615416242,
    below: -454.3212439563432,
    hazard: 30.033259667433676,
  },
  {
    u: -99,
    improvement: -4910.609484215455,
    slope: 99.02019584095312,
    below: -4906.014160387732,
    hazard: 99.01009894993145,
  },
  {
    u: -101,
    improvement: -5110.649473554864,
    slope: 101.01979616064943,
    below: -5106.034157055638,
    hazard: 101.00989904986949,
  },
  {
    u: -1000,
    improvement: -500014.73445209116,
    slope: 1000.001999994,
    below: -500007.82669481216,
    hazard: 1000.000999998,
  },
  {
    u: -1e6,
    improvement: -500000000028.55,
    slope: 1000000.000002,
    below: -500000000014.7344,
    hazard: 1000000.000001,
  },
];

const relative = (actual: number, expected: number): number => Math.abs(actual / expected - 1);

describe('tails of the standard normal', () => {
  it.each(EXACT)('ln of the expected improvement at $u', ({ u, improvement, slope }) => {
    const { log, slope: own } = logImprovement(u);
    expect(relative(log, improvement)).toBeLessThan(1e-12);
    expect(relative(own, slope)).toBeLessThan(1e-10);
  });

  it.each(EXACT)('ln of the probability below $u', ({ u, below, hazard }) => {
    const { log, slope } = logBelow(u);
    expect(relative(log, below)).toBeLessThan(1e-12);
    expect(relative(slope, hazard)).toBeLessThan(1e-12);
  });

  it('have slopes that are their derivatives', () => {
    for (const u of [-120, -40, -3, -0.01, 0.01, 2]) {
      const [slope] = numericGradient(([x]) => logImprovement(x!).log, Float64Array.of(u));
      expect(relative(logImprovement(u).slope, slope!)).toBeLessThan(1e-6);
    }
  });
});
