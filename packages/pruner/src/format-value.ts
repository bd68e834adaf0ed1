/** A metric value for a line of text: four significant digits. */
export function formatValue(value: number): string {
  return String(Number(value.toPrecision(4)));
}
