/** The kernels along an axis of few values: those alike share a code, so that each is worked out once. */
export interface CodedColumn {
  /** Codes in use are below this; 0 is that of kernels without a coordinate, which are uniform. */
  readonly codes: number;
  /** The code of a new kernel. @param x its coordinate, NaN when it has none */
  add(x: number): number;
  /** Takes a kernel away. */
  remove(code: number): void;
  /** By code, the kernel's mass on the cell of x, in multiples of the uniform one. Valid until the column changes. */
  densities(x: number): Float64Array;
  /** A coordinate drawn from a kernel. @param u uniform in [0, 1) */
  draw(code: number, u: number): number;
}
