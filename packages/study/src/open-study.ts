import { randomInt } from 'node:crypto';
import { createPruner, nopPruner, type Pruner } from '@assay/pruner';
import { createSampler, type Direction, type Sampler, tpeSampler } from '@assay/sampler';
import { type Json, type ParamValues, type Space, validateValues } from '@assay/space';
import { newOwner } from './owner.js';
import { StoreError } from './store-error.js';
import { type ParamsCodec, Study } from './study.js';
import { requireCompatible } from './study-compatibility.js';
import { StudyError } from './study-error.js';
import type { Owner, RetryLimits, StudyRecord, StudyStore } from './study-store.js';
import { DEFAULT_RETRIES } from './trial-ending.js';

export interface StudyOptions<P> {
  readonly store: StudyStore;
  readonly name: string;
  /**
   * Left out when a study is created: its trials name their parameters while they run (`trial.suggestFloat`). Left out when
   * it is loaded: the stored space, with flat parameters.
   */
  readonly space?: Space<P>;
  /** One per objective. Default: minimize. */
  readonly directions?: readonly Direction[];
  /** One name per objective. Default: value. */
  readonly metrics?: readonly string[];
  /** Default: the stored one, TPE in a new study. */
  readonly sampler?: Sampler;
  /** Default: the stored one, none in a new study. */
  readonly pruner?: Pruner;
  /** Any safe integer. Default: the stored one, a random one in a new study. */
  readonly seed?: number;
  /** Plain facts for people, stored with a new study. */
  readonly facts?: Readonly<Record<string, Json>>;
  /** Default: 1 after a worker's death, 3 after a process's. */
  readonly retries?: RetryLimits;
  /** Who runs trials here. Default: a new owner for this process. */
  readonly owner?: Owner;
}

/** @throws {StoreError} `STUDY_EXISTS` @throws {StudyError} `BAD_OPTION` */
export async function createStudy<P = ParamValues>(options: StudyOptions<P>): Promise<Study<P>> {
  const { store, name, space, directions = ['minimize'], facts = {} } = options;
  const { sampler = tpeSampler(), pruner = nopPruner() } = options;
  const metrics =
    options.metrics ?? directions.map((_, objective) => (objective === 0 ? 'value' : `value${objective}`));
  requireObjectives(directions, metrics);
  const seed = requireSeed(options.seed ?? randomInt(2 ** 32));
  const definition = {
    space: space?.parameters ?? [],
    sampler: { name: sampler.name, settings: sampler.settings },
    pruner: pruner.settings,
    seed,
    facts,
  };
  return open({ ...options, sampler, pruner }, await store.createStudy({ name, directions, metrics, definition }));
}

/**
 * Opens a stored study to go on with it.
 * @throws {StudyError} `STUDY_NOT_FOUND`; `INCOMPATIBLE_STUDY` when space, directions or seed are given and differ
 */
export async function loadStudy<P = ParamValues>(options: StudyOptions<P>): Promise<Study<P>> {
  const study = await options.store.findStudy(options.name);
  if (study !== null) return open(options, study);
  const names = (await options.store.listStudies()).map(({ name }) => name);
  const there = names.length === 0 ? 'none' : names.join(', ');
  throw new StudyError('STUDY_NOT_FOUND', `no study '${options.name}' in ${options.store.url}; there is: ${there}`);
}

/** Opens the study of this name, or creates it. @throws {StudyError} `INCOMPATIBLE_STUDY`, `BAD_OPTION` */
export async function openOrCreateStudy<P = ParamValues>(options: StudyOptions<P>): Promise<Study<P>> {
  if ((await options.store.findStudy(options.name)) !== null) return await loadStudy(options);
  try {
    return await createStudy(options);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STUDY_EXISTS') return await loadStudy(options); // just now, elsewhere
    throw error;
  }
}

function open<P>(options: StudyOptions<P>, study: StudyRecord): Study<P> {
  const { store, space, directions, retries = DEFAULT_RETRIES, owner = newOwner() } = options;
  requireCompatible(study, { space: space?.parameters, directions, seed: options.seed });
  const codec = space ?? flatCodec<P>(study);
  const seed = study.definition?.seed ?? requireSeed(options.seed ?? randomInt(2 ** 32));
  const { sampler = storedSampler(study), pruner = storedPruner(study) } = options;
  const parameters = codec.parameters.length === 0 ? null : codec.parameters;
  return new Study({ store, study, space: parameters, sampler, pruner, seed, owner, retries }, codec);
}

/** Parameters as they are stored. Only for studies opened without a typed space, where `P` is `ParamValues`. */
function flatCodec<P>({ definition }: StudyRecord): ParamsCodec<P> {
  const parameters = definition?.space ?? [];
  return {
    parameters,
    decode: (values) => values as P,
    encode(params) {
      const values = params as ParamValues;
      if (parameters.length > 0) validateValues(parameters, values);
      return values;
    },
  };
}

function storedSampler({ name, definition }: StudyRecord): Sampler {
  if (!isRecord(definition?.sampler)) return tpeSampler();
  try {
    return createSampler(definition.sampler as { readonly name: string });
  } catch (cause) {
    const stored = JSON.stringify(definition.sampler);
    const message = `'${name}' was made with a sampler that is not built in, ${stored}: give it as 'sampler'`;
    throw new StudyError('BAD_OPTION', message, { cause });
  }
}

function storedPruner({ definition }: StudyRecord): Pruner {
  return isRecord(definition?.pruner) ? createPruner(definition.pruner) : nopPruner();
}

function isRecord(settings: Json | undefined): settings is { readonly [key: string]: Json } {
  return typeof settings === 'object' && settings !== null && !Array.isArray(settings);
}

function requireObjectives(directions: readonly Direction[], metrics: readonly string[]): void {
  if (directions.length > 0 && directions.length === metrics.length) return;
  const got = `${directions.length} directions and ${metrics.length} metrics`;
  throw new StudyError(
    'BAD_OPTION',
    `a study has at least one objective, each with a direction and a metric; got ${got}`,
  );
}

function requireSeed(seed: number): number {
  if (Number.isSafeInteger(seed)) return seed;
  throw new StudyError('BAD_OPTION', `a seed must be an integer of at most 53 bits, got ${seed}`);
}
