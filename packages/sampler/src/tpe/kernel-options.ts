/** What shapes a kernel. */
export interface KernelOptions {
  /** The least width of a kernel, as a share of the range. */
  readonly minWidth: number;
  /** The share of a kernel that is spread evenly over each axis, so that it speaks for its other coordinates alone. */
  readonly tail: number;
  /** The prior's weight, in observations of average weight. */
  readonly priorWeight: number;
}
