import { PreprocessingError } from '../preprocessing-error.js';
import { wallClock } from '../transforms/time-zone.js';
import type { TypedTable } from '../typed-table.js';

/** Local times of the chunk in hand, by column and zone: weekday, month and hour of one column ask for the same ones. */
const computed = new WeakMap<TypedTable, Map<string, Float64Array>>();

/** A timestamp column as the wall clock of a zone reads it. @throws {PreprocessingError} BAD_OPTION for an unknown zone */
export function localTimes(table: TypedTable, column: string, zone: string): Float64Array {
  const ofTable = computed.get(table) ?? new Map<string, Float64Array>();
  computed.set(table, ofTable);
  const key = `${zone} ${column}`;
  const known = ofTable.get(key);
  if (known !== undefined) return known;
  const local = wallClock(zone)(timesOf(table, column));
  ofTable.set(key, local);
  return local;
}

/** A timestamp column in milliseconds since 1970 UTC. @throws {PreprocessingError} BAD_OPTION for a column of another type */
export function timesOf(table: TypedTable, name: string): Float64Array {
  const column = table.column(name);
  if (column.type !== 'timestamp')
    throw new PreprocessingError('BAD_OPTION', `column ${name} holds no times`, { expected: 'a timestamp column' });
  return column.values;
}
