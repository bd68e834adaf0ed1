import type { Axis } from '../axis.js';
import type { CodedColumn } from './coded-column.js';
import type { Query } from './kernel-sums.js';
import { toUnit } from './unit-axis.js';

/** A normal axis as a query reads it, and its place among all axes. */
export interface NormalAxis {
  readonly axis: Axis;
  readonly d: number;
}

/** A coded axis, and its place among all axes. */
export interface CodedAxis {
  readonly kernels: CodedColumn;
  readonly d: number;
}

/**
 * What kernels are asked at some points. It is made several times for each suggestion: hence loops over typed arrays.
 * @param points with the same parameters, not empty
 * @param normalAxes those with kernels of their own, and `codedAxes` those that share theirs, by place among their kind
 */
export function kernelQuery(
  points: readonly Float64Array[],
  normalAxes: readonly NormalAxis[],
  codedAxes: readonly CodedAxis[],
): Query {
  const width = points.length;
  const normals = present(normalAxes, points[0]!);
  const coded = present(codedAxes, points[0]!);
  const xs = new Float64Array(normals.length * width);
  for (let k = 0; k < normals.length; k++) fillUnits(xs, k * width, normalAxes[normals[k]!]!, points);
  const starts = new Int32Array(coded.length);
  let end = 0;
  for (let k = 0; k < coded.length; k++) {
    starts[k] = end;
    end += codedAxes[coded[k]!]!.kernels.codes * width;
  }
  const tables = new Float64Array(end);
  for (let k = 0; k < coded.length; k++) fillTable(tables, starts[k]!, codedAxes[coded[k]!]!, points);
  return { width, normals, xs, coded, starts, tables };
}

/** The places of the axes along which a point has a coordinate. */
function present(axes: readonly { readonly d: number }[], point: Float64Array): Int32Array {
  const places = new Int32Array(axes.length);
  let count = 0;
  for (let place = 0; place < axes.length; place++) {
    if (!Number.isNaN(point[axes[place]!.d]!)) places[count++] = place;
  }
  return places.subarray(0, count);
}

function fillUnits(xs: Float64Array, start: number, { axis, d }: NormalAxis, points: readonly Float64Array[]): void {
  for (let c = 0; c < points.length; c++) xs[start + c] = toUnit(axis, points[c]![d]!);
}

/** By code and point, the kernel there. */
function fillTable(
  tables: Float64Array,
  start: number,
  { kernels, d }: CodedAxis,
  points: readonly Float64Array[],
): void {
  const width = points.length;
  for (let c = 0; c < width; c++) {
    const densities = kernels.densities(points[c]![d]!);
    for (let code = 0, at = start + c; code < densities.length; code++, at += width) tables[at] = densities[code]!;
  }
}
