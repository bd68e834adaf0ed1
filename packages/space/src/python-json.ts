import type { Scalar } from './distribution.js';

/** A finite number as Python's `repr` prints a float: `10.0`, `1e-05`, `1e+16`; the shortest digits that read back alike. */
export function pythonFloat(x: number): string {
  if (Object.is(x, -0)) return '-0.0';
  const [mantissa = '', exponent = ''] = x.toExponential().split('e');
  const power = Number(exponent);
  // Python changes to scientific notation below 1e-4 and from 1e16, JavaScript below 1e-6 and from 1e21.
  if (power < -4 || power >= 16) {
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const text = String(x);
  return text.includes('.') ? text : `${text}.0`;
}

/** A scalar as Python's `json.dumps` writes it; a whole number below 2^53 counts as an int. */
export function pythonScalar(scalar: Scalar): string {
  if (typeof scalar === 'string') return pythonString(scalar);
  if (typeof scalar === 'number' && !Number.isSafeInteger(scalar)) return pythonFloat(scalar);
  return JSON.stringify(scalar);
}

/** `ensure_ascii` escapes everything outside of printable ASCII; the first 32 codes JSON.stringify writes alike. */
function pythonString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
