import type { Scalar } from '@assay/space';
import type { StudyRecord, TrialRecord } from '@assay/study';
import { formatJsonValue } from '../format/json.js';
import { metricsOf } from '../objectives.js';

export type Cell = Scalar | Date;

/** One column of a table of trials; named as in Optuna's `trials_dataframe`, so that notebooks read either. */
export interface TrialColumn {
  readonly name: string;
  /** What all its cells are that are not null. */
  readonly type: 'whole' | 'number' | 'boolean' | 'text' | 'time';
  cell(trial: TrialRecord): Cell;
}

/** What a study's trials hold, beyond what all do. Gathered from them chunk by chunk. */
export class SeenFields {
  /** Of each parameter, the types of its values. */
  readonly params = new Map<string, Set<string>>();
  readonly attributes = new Set<string>();
  constraints = 0;

  add(trials: readonly TrialRecord[]): void {
    for (const { params, attributes, constraints } of trials) {
      for (const [name, value] of Object.entries(params)) {
        const types = this.params.get(name) ?? new Set();
        this.params.set(name, types);
        if (value !== null) types.add(typeof value);
      }
      for (const key of Object.keys(attributes)) this.attributes.add(key);
      this.constraints = Math.max(this.constraints, constraints.length);
    }
  }
}

/** A trial's number, state, values, times, parameters, attributes and marks; curves have no place in a table. */
export function trialColumns(study: StudyRecord, seen: SeenFields): readonly TrialColumn[] {
  const several = study.directions.length > 1;
  return [
    { name: 'number', type: 'whole', cell: ({ number }) => number },
    { name: 'state', type: 'text', cell: ({ state }) => state },
    ...metricsOf(study).map((metric, at): TrialColumn => {
      const name = several ? `values_${metric}` : 'value';
      return { name, type: 'number', cell: ({ values }) => values[at] ?? null };
    }),
    { name: 'datetime_start', type: 'time', cell: ({ startedMs }) => timeOf(startedMs) },
    { name: 'datetime_complete', type: 'time', cell: ({ finishedMs }) => timeOf(finishedMs) },
    { name: 'duration', type: 'number', cell: secondsOf },
    ...[...seen.params].map(([name, types]) => paramColumn(name, [...types])),
    ...Array.from({ length: seen.constraints }, (_, at): TrialColumn => {
      return { name: `constraints_${at}`, type: 'number', cell: ({ constraints }) => constraints[at] ?? null };
    }),
    ...[...seen.attributes].map((key): TrialColumn => {
      return { name: `user_attrs_${key}`, type: 'text', cell: ({ attributes }) => attributeOf(attributes, key) };
    }),
    { name: 'reason', type: 'text', cell: ({ end }) => end?.reason ?? null },
    { name: 'message', type: 'text', cell: ({ end }) => end?.message ?? null },
    { name: 'note', type: 'text', cell: ({ marks }) => marks?.note ?? null },
    { name: 'tags', type: 'text', cell: ({ marks }) => marks?.tags.join(' ') || null },
    { name: 'ignored', type: 'boolean', cell: ({ marks }) => marks?.ignored ?? false },
  ];
}

/** A parameter of several types is text, each value as JSON. */
function paramColumn(parameter: string, types: readonly string[]): TrialColumn {
  const name = `params_${parameter}`;
  const scalarOf = ({ params }: TrialRecord): Scalar => params[parameter] ?? null;
  const [type, ...others] = types;
  if (others.length > 0) return { name, type: 'text', cell: (trial) => jsonOf(scalarOf(trial)) };
  const column = { number: 'number', boolean: 'boolean' } as const;
  return { name, type: column[type as keyof typeof column] ?? 'text', cell: scalarOf };
}

function attributeOf(attributes: TrialRecord['attributes'], key: string): string | null {
  const value = attributes[key];
  return typeof value === 'string' ? value : jsonOf(value ?? null);
}

function jsonOf(value: unknown): string | null {
  return value === null ? null : formatJsonValue(value);
}

function timeOf(unixMs: number | null): Date | null {
  return unixMs === null ? null : new Date(unixMs);
}

function secondsOf({ startedMs, finishedMs }: TrialRecord): number | null {
  return startedMs === null || finishedMs === null ? null : (finishedMs - startedMs) / 1_000;
}
