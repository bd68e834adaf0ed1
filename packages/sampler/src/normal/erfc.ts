/**
 * W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), with the coefficients
 * of SPECFUN's CALERF: relative error below 1e-15 over the whole line. Highest power first.
 */
const NEAR_NUMERATOR = [
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
];
const NEAR_DENOMINATOR = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const MIDDLE_NUMERATOR = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const MIDDLE_DENOMINATOR = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const FAR_NUMERATOR = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378,
];
const FAR_DENOMINATOR = [
  1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
];

const ONE_OVER_SQRT_PI = 0.5641895835477563;

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum = sum * x + coefficients[i]!;
  return sum;
}

/** The error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x, for |x| <= 0.46875. */
function erfNear(x: number): number {
  const square = x * x;
  return (x * polynomial(NEAR_NUMERATOR, square)) / polynomial(NEAR_DENOMINATOR, square);
}

/** exp(x^2) erfc(x) for x >= 0: falls only like 1/x, so its logarithm exists where erfc itself underflows. */
export function scaledErfc(x: number): number {
  if (x <= 0.46875) return Math.exp(x * x) * (1 - erfNear(x));
  if (x <= 4) return polynomial(MIDDLE_NUMERATOR, x) / polynomial(MIDDLE_DENOMINATOR, x);
  const inverse = 1 / (x * x);
  const correction = (inverse * polynomial(FAR_NUMERATOR, inverse)) / polynomial(FAR_DENOMINATOR, inverse);
  return (ONE_OVER_SQRT_PI - correction) / x;
}

/** The complementary error function, 1 - erf(x). */
export function erfc(x: number): number {
  if (Math.abs(x) <= 0.46875) return 1 - erfNear(x);
  return x > 0 ? Math.exp(-x * x) * scaledErfc(x) : 2 - Math.exp(-x * x) * scaledErfc(-x);
}
