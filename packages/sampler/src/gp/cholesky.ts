/**
 * Dense linear algebra of symmetric positive definite matrices: row-major n x n arrays of which only the lower triangle
 * counts. Our own, because ml-matrix 6.15 takes 5 times as long for the factor and over 20 times for the inverse (one
 * core, processor time in ms: n = 100 factor 0.52 against 0.11, inverse 4.9 against 0.30; n = 300 12.6 against 3.3 and
 * 138 against 7.4); both are most of what a Gaussian process costs.
 */

/**
 * Replaces A by its Cholesky factor L, A = L L'. Works on 2 x 2 tiles, which halves the memory traffic.
 * @returns false when A is not positive definite to machine precision; A is spoilt then
 */
export function factorize(a: Float64Array, n: number): boolean {
  const even = n - (n % 2);
  for (let i = 0; i < even; i += 2) {
    for (let j = 0; j < i; j += 2) solveTile(a, n, i, j);
    if (!factorizeTile(a, n, i)) return false;
  }
  return even === n || factorizeRow(a, n, even);
}

/** L[i..i+1, j..j+1] below the diagonal, when all tiles left of it and above are known. */
function solveTile(a: Float64Array, n: number, i: number, j: number): void {
  const [p, q, r, s] = [i * n, (i + 1) * n, j * n, (j + 1) * n];
  let pr = a[p + j]!;
  let ps = a[p + j + 1]!;
  let qr = a[q + j]!;
  let qs = a[q + j + 1]!;
  for (let k = 0; k < j; k++) {
    const x = a[p + k]!;
    const y = a[q + k]!;
    const u = a[r + k]!;
    const v = a[s + k]!;
    pr -= x * u;
    ps -= x * v;
    qr -= y * u;
    qs -= y * v;
  }
  a[p + j] = pr /= a[r + j]!;
  a[q + j] = qr /= a[r + j]!;
  a[p + j + 1] = (ps - pr * a[s + j]!) / a[s + j + 1]!;
  a[q + j + 1] = (qs - qr * a[s + j]!) / a[s + j + 1]!;
}

/** The tile on the diagonal. */
function factorizeTile(a: Float64Array, n: number, i: number): boolean {
  const [p, q] = [i * n, (i + 1) * n];
  let pp = a[p + i]!;
  let qp = a[q + i]!;
  let qq = a[q + i + 1]!;
  for (let k = 0; k < i; k++) {
    const x = a[p + k]!;
    const y = a[q + k]!;
    pp -= x * x;
    qp -= x * y;
    qq -= y * y;
  }
  if (!(pp > 0)) return false;
  pp = Math.sqrt(pp);
  qp /= pp;
  qq -= qp * qp;
  if (!(qq > 0)) return false;
  a[p + i] = pp;
  a[q + i] = qp;
  a[q + i + 1] = Math.sqrt(qq);
  return true;
}

/** Row i, the last one of an odd n. */
function factorizeRow(a: Float64Array, n: number, i: number): boolean {
  const row = i * n;
  let rest = a[row + i]!;
  for (let j = 0; j < i; j++) {
    let sum = a[row + j]!;
    for (let k = 0; k < j; k++) sum -= a[row + k]! * a[j * n + k]!;
    a[row + j] = sum /= a[j * n + j]!;
    rest -= sum * sum;
  }
  a[row + i] = Math.sqrt(rest);
  return rest > 0;
}

/**
 * The inverse of a lower triangular matrix, row by row: row i is a combination of the rows above it, four at a time.
 * @param inverse n x n; above the diagonal it must hold zeros, and does afterwards
 */
export function invertLower(l: Float64Array, n: number, inverse: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    inverse.fill(0, row, row + i);
    addRows(inverse, n, 0, i, l, row, row);
    const pivot = 1 / l[row + i]!;
    for (let j = 0; j < i; j++) inverse[row + j]! *= -pivot;
    inverse[row + i] = pivot;
  }
}

/**
 * Adds a combination of the rows `from` to `to` - 1 of a lower triangular matrix to the row at offset `target`.
 * @param weights the weight of row k is at `offset` + k
 */
function addRows(
  rows: Float64Array,
  n: number,
  from: number,
  to: number,
  weights: Float64Array,
  offset: number,
  target: number,
): void {
  let k = from;
  for (; k + 3 < to; k += 4) {
    const a = weights[offset + k]!;
    const b = weights[offset + k + 1]!;
    const c = weights[offset + k + 2]!;
    const d = weights[offset + k + 3]!;
    const p = k * n;
    const [q, r, s] = [p + n, p + 2 * n, p + 3 * n];
    for (let j = 0; j < k + 4; j++) {
      rows[target + j]! += a * rows[p + j]! + b * rows[q + j]! + c * rows[r + j]! + d * rows[s + j]!;
    }
  }
  for (; k < to; k++) {
    const weight = weights[offset + k]!;
    const p = k * n;
    for (let j = 0; j <= k; j++) rows[target + j]! += weight * rows[p + j]!;
  }
}

/** The lower triangle of M' M of a lower triangular M: with M = inverse(L), the inverse of L L'. */
export function gramOfLower(m: Float64Array, n: number, gram: Float64Array): void {
  for (let i = 0; i < n; i++) gram.fill(0, i * n, i * n + i + 1);
  const whole = n - (n % 4);
  for (let k = 0; k < whole; k += 4) addFourRows(m, n, k, gram);
  for (let k = whole; k < n; k++) {
    const p = k * n;
    for (let i = 0; i <= k; i++) {
      const weight = m[p + i]!;
      for (let j = 0; j <= i; j++) gram[i * n + j]! += weight * m[p + j]!;
    }
  }
}

/** The part of M' M that comes from the rows k to k + 3. */
function addFourRows(m: Float64Array, n: number, k: number, gram: Float64Array): void {
  const p = k * n;
  const [q, r, s] = [p + n, p + 2 * n, p + 3 * n];
  for (let i = 0; i < k + 4; i++) {
    const a = m[p + i]!;
    const b = m[q + i]!;
    const c = m[r + i]!;
    const d = m[s + i]!;
    const row = i * n;
    for (let j = 0; j <= i; j++) gram[row + j]! += a * m[p + j]! + b * m[q + j]! + c * m[r + j]! + d * m[s + j]!;
  }
}

/** M x of a lower triangular matrix with zeros above the diagonal; two rows at a time. */
export function timesLower(m: Float64Array, n: number, x: Float64Array, product: Float64Array): void {
  let i = 0;
  for (; i + 1 < n; i += 2) {
    const p = i * n;
    const q = p + n;
    let first = 0;
    let second = 0;
    for (let j = 0; j <= i + 1; j++) {
      first += m[p + j]! * x[j]!;
      second += m[q + j]! * x[j]!;
    }
    product[i] = first;
    product[i + 1] = second;
  }
  if (i === n) return;
  let sum = 0;
  for (let j = 0; j < n; j++) sum += m[i * n + j]! * x[j]!;
  product[i] = sum;
}

/** M' x of a lower triangular matrix with zeros above the diagonal; two rows at a time. */
export function timesLowerTransposed(m: Float64Array, n: number, x: Float64Array, product: Float64Array): void {
  product.fill(0, 0, n);
  let i = 0;
  for (; i + 1 < n; i += 2) {
    const p = i * n;
    const q = p + n;
    const first = x[i]!;
    const second = x[i + 1]!;
    for (let j = 0; j <= i + 1; j++) product[j]! += first * m[p + j]! + second * m[q + j]!;
  }
  if (i === n) return;
  for (let j = 0; j < n; j++) product[j]! += x[i]! * m[i * n + j]!;
}
