/** Up to six significant digits, exponent only where it is shorter to read: 1.84273, 0.0003, 2.1e-7. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+inf' : '-inf';
  return String(Number(value.toPrecision(6)));
}

/** 512 MB, 1.4 GB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  if (bytes < 1_000_000_000) return `${Math.round(bytes / 1_000_000)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** `1 trial`, `17 trials`. */
export function formatTrials(count: number): string {
  return count === 1 ? '1 trial' : `${count} trials`;
}
