import { randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { createPruner, nopPruner, type Pruner } from '@assay/pruner';
import { createSampler, type Direction, type Sampler, tpeSampler } from '@assay/sampler';
import { type Json, type ParamValues, type SearchSpace, validateValues } from '@assay/space';
import { ENQUEUED_ONLY } from './enqueued-only.js';
import { descriptionOf, newStudy, requireSeed } from './new-study.js';
import { observedSpace } from './observed-space.js';
import { newOwner } from './owner.js';
import { resolveRepeats } from './repeats.js';
import { REPORT_DELAY_MS } from './report-buffer.js';
import { StoreError } from './store-error.js';
import { type ParamsCodec, Study } from './study.js';
import { requireCompatible, spaceChanges } from './study-compatibility.js';
import { StudyError } from './study-error.js';
import type { StudyOptions } from './study-options.js';
import type { StudyRecord, StudyStore } from './study-store.js';
import { DEFAULT_RETRIES } from './trial-ending.js';

/** The sampler of a new study that names none. */
export const DEFAULT_SAMPLER = 'auto';

/**
 * @throws {StoreError} `STUDY_EXISTS`
 * @throws {StudyError} `BAD_OPTION`; `INCOMPATIBLE_STUDY` for a warm start from a study of other objectives
 * @throws {SamplerError} when the sampler cannot serve this space or these objectives; no study is then left behind
 */
export async function createStudy<P = ParamValues>(options: StudyOptions<P>): Promise<Study<P>> {
  const sampler = options.sampler ?? createSampler(DEFAULT_SAMPLER);
  const pruner = options.pruner ?? nopPruner();
  const given = { ...options, sampler, pruner };
  return await open(given, await options.store.createStudy(newStudy(given)));
}

/**
 * Opens a stored study to go on with it.
 * @throws {StudyError} `STUDY_NOT_FOUND`; `INCOMPATIBLE_STUDY` when space, directions, seed, repeats or prune metric are given
 * and differ
 * @throws {SamplerError} when the sampler that is given cannot serve the study
 */
export async function loadStudy<P = ParamValues>(options: StudyOptions<P>): Promise<Study<P>> {
  const study = await options.store.findStudy(options.name);
  if (study !== null) return await open(options, study);
  const names = (await options.store.listStudies()).map(({ name }) => name);
  const there = names.length === 0 ? 'none' : names.join(', ');
  throw new StudyError('STUDY_NOT_FOUND', `no study '${options.name}' in ${options.store.url}; there is: ${there}`);
}

/** Opens the study of this name, or creates it. @throws as `createStudy` and `loadStudy` do */
export async function openOrCreateStudy<P = ParamValues>(options: StudyOptions<P>): Promise<Study<P>> {
  if ((await options.store.findStudy(options.name)) !== null) return await loadStudy(options);
  try {
    return await createStudy(options);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STUDY_EXISTS') return await loadStudy(options); // just now, elsewhere
    throw error;
  }
}

async function open<P>(options: StudyOptions<P>, found: StudyRecord): Promise<Study<P>> {
  const {
    store,
    space,
    directions,
    seed: wanted,
    pruneMetric,
    changes,
    retries = DEFAULT_RETRIES,
    reportDelayMs = REPORT_DELAY_MS,
    owner = newOwner(),
  } = options;
  const repeats = options.repeats === undefined ? undefined : resolveRepeats(options.repeats);
  const known = found.definition?.space ?? (await observedSpace(store, found.id, space?.parameters ?? []));
  requireCompatible(
    found,
    { space: space?.parameters, directions, seed: wanted, repeats, pruneMetric, changes },
    known,
  );
  const codec = space ?? flatCodec<P>(found);
  const parameters = codec.parameters.length === 0 ? null : codec.parameters;
  const sampler = samplerFor(options.sampler ?? storedSampler(found), parameters, found.directions);
  const study = await withSampling(store, found, options);
  const pruner = options.pruner ?? storedPruner(study);
  const seed = study.definition?.seed ?? requireSeed(wanted ?? randomInt(2 ** 32));
  const prior = study.definition?.warmStart ? await store.readPrior(study.id) : [];
  const changed = spaceChanges(known, space?.parameters ?? []);
  const made = { store, study, space: parameters, prior, sampler, pruner, seed };
  const setup = { ...made, owner, retries, reportDelayMs, changed };
  return new Study(setup, codec);
}

/** What is given to go on with is stored, so that whoever resumes or joins the study later samples alike. */
async function withSampling<P>(
  store: StudyStore,
  study: StudyRecord,
  { sampler, pruner, space, goal = null }: StudyOptions<P>,
): Promise<StudyRecord> {
  const { definition } = study;
  if (definition === null) return study;
  const parameters = space?.parameters ?? [];
  const changes = {
    ...(sampler !== undefined && { sampler: descriptionOf(sampler) }),
    ...(pruner !== undefined && { pruner: pruner.settings }),
    ...(spaceChanges(definition.space, parameters).length > 0 && { space: parameters }),
    ...((goal ?? 0) > Math.max(definition.goal ?? 0, definition.budget ?? 0) && { goal }),
  };
  const isStored = isDeepStrictEqual({ ...definition, ...changes }, definition);
  return isStored ? study : await store.changeSampling(study.id, changes);
}

/** Without a declared space parameters are asked for one by one, where there is nothing to choose between samplers by. */
function samplerFor(sampler: Sampler, space: SearchSpace | null, directions: readonly Direction[]): Sampler {
  if (space !== null) {
    sampler.check?.(space, directions);
    return sampler;
  }
  return sampler.name === 'auto' ? tpeSampler() : sampler;
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
  if (definition !== null && definition.confirms !== null) return ENQUEUED_ONLY;
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
