import { inspect } from 'node:util';
import type { ObjectiveResult } from './study-spec.js';
import type { TrialOutcome } from './trial-executor.js';

/**
 * What an objective's return value means for its trial: `complete`; `diverged` when a value is NaN or infinite; `failed`
 * (`invalid-value`) when it is not the answer that the study's metrics ask for.
 */
export function objectiveOutcome(result: unknown, metrics: readonly string[]): TrialOutcome {
  const answer =
    typeof result === 'number' ? { values: [result] } : Array.isArray(result) ? { values: result } : result;
  const problem = answerProblem(answer, metrics);
  if (problem !== null) return { kind: 'failed', reason: 'invalid-value', message: problem };
  const { values, constraints, attributes } = answer as ObjectiveResult;
  const diverged = values.findIndex((value) => !Number.isFinite(value));
  if (diverged !== -1) return { kind: 'diverged', message: `${metrics[diverged]} is ${values[diverged]}` };
  return {
    kind: 'complete',
    values: [...values],
    ...(constraints && { constraints: [...constraints] }),
    ...(attributes && { attributes: structuredClone(attributes) }),
  };
}

/** What an objective returned after it was told to stop: only its attributes count, where it has valid ones. */
export function stoppedOutcome(result: unknown): TrialOutcome {
  const attributes = isRecord(result) ? result.attributes : undefined;
  if (!isRecord(attributes) || !isJson(attributes)) return { kind: 'stopped' };
  return { kind: 'stopped', attributes: structuredClone(attributes) as NonNullable<ObjectiveResult['attributes']> };
}

/** What a throw means for its trial: one line for a person, and the stack with those of its causes. */
export function thrownOutcome(thrown: unknown): TrialOutcome {
  if (!(thrown instanceof Error)) return { kind: 'failed', reason: 'threw', message: `threw ${show(thrown)}` };
  const [firstLine = ''] = thrown.message.split('\n');
  const message = thrown.name === 'Error' ? firstLine : `${thrown.name}: ${firstLine}`;
  return { kind: 'failed', reason: 'threw', message, stack: stackWithCauses(thrown) };
}

function stackWithCauses(error: Error): string {
  const stacks: string[] = [];
  for (let current: unknown = error; current instanceof Error && stacks.length < 5; current = current.cause) {
    stacks.push(current.stack ?? String(current));
  }
  return stacks.join('\nCaused by: ');
}

function answerProblem(answer: unknown, metrics: readonly string[]): string | null {
  const expected = metrics.length === 1 ? 'a number' : `[${metrics.join(', ')}]`;
  if (!isRecord(answer) || !Array.isArray(answer.values)) {
    return `the objective must return ${expected}, got ${show(answer)}`;
  }
  const { values, constraints, attributes } = answer;
  if (values.length !== metrics.length || !isNumbers(values)) {
    return `the objective must return ${expected}, got values ${show(values)}`;
  }
  if (constraints !== undefined && (!isNumbers(constraints) || constraints.some(Number.isNaN))) {
    return `constraints must be numbers, got ${show(constraints)}`;
  }
  if (attributes !== undefined && (!isRecord(attributes) || !isJson(attributes))) {
    return `attributes must be an object of JSON values, got ${show(attributes)}`;
  }
  return null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

/** Whether JSON can hold the value as it is. A value that contains itself is not JSON. */
function isJson(value: unknown, above: readonly unknown[] = []): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || above.includes(value)) return false;
  const plain = Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
  return plain && Object.values(value).every((item) => isJson(item, [...above, value]));
}

function show(value: unknown): string {
  const text = inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
