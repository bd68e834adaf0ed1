/**
 * W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), with the coefficients
 * of SPECFUN's CALERF: relative error below 1e-15 over the whole line. Highest power first.
 */
const NEAR_NUMERATOR = [
  1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3,
];
const NEAR_DENOMINATOR = [
  1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3,
];
const MIDDLE_NUMERATOR = [
  2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
  8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
];
const MIDDLE_DENOMINATOR = [
  1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3,
  4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
];
const FAR_NUMERATOR = [
  1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4,
];
const FAR_DENOMINATOR = [
  1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3,
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
