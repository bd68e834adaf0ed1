/** A finite number as its shortest decimal text says it: digits * 10^-places. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

function decimalOf(x: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(x).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  return places >= 0
    ? { digits: BigInt(whole + fraction), places }
    : { digits: BigInt(whole + fraction) * 10n ** BigInt(-places), places: 0 };
}

/** How many digits stand behind the decimal point of a number's shortest text: 0.25 has 2, 1e-7 has 7, 300 has 0. */
export function decimalPlaces(x: number): number {
  return decimalOf(x).places;
}

/**
 * How many whole steps fit between low and high, in decimal arithmetic on the shortest texts, as Optuna counts them
 * (`distributions.py`, `_adjust_discrete_uniform_high`): 0 to 0.3 in steps of 0.1 are 3, though 0.3 / 0.1 < 3 in binary.
 */
export function wholeSteps(low: number, high: number, step: number): bigint {
  const [from, to, by] = alignedDigits(low, high, step);
  return (to - from) / by;
}

/** low + count * step, rounded once. */
export function afterSteps(low: number, step: number, count: bigint): number {
  const places = Math.max(decimalPlaces(low), decimalPlaces(step));
  const [from, by] = alignedDigits(low, step);
  return Number(`${from + by * count}e-${places}`);
}

function alignedDigits<T extends readonly number[]>(...numbers: T): { readonly [I in keyof T]: bigint };
function alignedDigits(...numbers: readonly number[]): readonly bigint[] {
  const decimals = numbers.map(decimalOf);
  const places = Math.max(...decimals.map((decimal) => decimal.places));
  return decimals.map(({ digits, places: own }) => digits * 10n ** BigInt(places - own));
}
