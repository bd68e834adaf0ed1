/** Unix milliseconds as Optuna 5 stores a time in SQLite: naive UTC, six digits of a second. */
export function toStoredTime(unixMs: number): string {
  return `${new Date(unixMs).toISOString().slice(0, -1).replace('T', ' ')}000`;
}

const STORED_TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z?$/;

/**
 * Unix milliseconds of a stored time, read as UTC; null for SQL's NULL and for what is not a time. (Optuna up to 4.9 stored
 * local time without saying so: such times are off by the writer's zone, durations are right.)
 */
export function fromStoredTime(text: string | null): number | null {
  const match = STORED_TIME.exec(text ?? '');
  if (match === null) return null;
  const [, day, time, fraction = ''] = match;
  return Date.parse(`${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
}
