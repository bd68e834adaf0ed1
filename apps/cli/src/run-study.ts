import { createPruner, type Pruner } from '@assay/pruner';
import { createSampler, type Sampler } from '@assay/sampler';
import {
  DEFAULT_SAMPLER,
  openOrCreateStudy,
  type Prepared,
  type Repeats,
  type Study,
  type StudyOptions,
  type StudyStore,
} from '@assay/study';
import { originFacts } from './origin-facts.js';
import type { RunPlan } from './run-plan.js';
import type { RunRequest } from './run-request.js';
import type { LoadedStudy } from './study-file.js';
import { earlierStudy } from './warm-start.js';

/** For a study that is there: what flags say must fit what is stored, and what they do not say stays. */
export function storedStudyOptions(store: StudyStore, { loaded, plan }: RunRequest): StudyOptions<unknown> {
  const { space, directions, metrics } = loaded.spec;
  const { name, sampler, pruner, seed, pruneMetric, until } = plan;
  const repeats = repeatsOf(plan.repeats, loaded.spec.repeats);
  return {
    ...{ store, name, space, directions, metrics, retries: plan.retries, goal: until },
    ...(sampler !== null && { sampler }),
    ...(pruner !== null && { pruner }),
    ...(seed !== undefined && { seed }),
    ...(plan.repeats !== null && repeats !== null && { repeats }),
    ...(pruneMetric !== null && { pruneMetric }),
  };
}

/** What flags say, before the study file, before the defaults: for a new study, and for another tool's, which stores none. */
export function chosenSampling(
  { sampler, pruner }: LoadedStudy['spec'],
  flags: Partial<Pick<RunPlan, 'sampler' | 'pruner'>> = {},
): { readonly sampler: Sampler; readonly pruner: Pruner } {
  return {
    sampler: flags.sampler ?? createSampler(sampler ?? DEFAULT_SAMPLER),
    pruner: flags.pruner ?? createPruner(pruner ?? 'none'),
  };
}

/**
 * Checks what a new study is to be made of; what it returns makes it. Flags come before the study file, that before defaults.
 * @throws {SamplerError} when the sampler cannot serve it
 * @throws {StoreError} `STUDY_NOT_FOUND` @throws {CliError} `BAD_OPTION` for a warm start that cannot be
 */
export async function planNewStudy(
  store: StudyStore,
  request: RunRequest,
): Promise<(prepared: Prepared<unknown>) => Promise<Study<unknown>>> {
  const { loaded, plan, typed } = request;
  const { space, directions, metrics, defaults, ...spec } = loaded.spec;
  const { sampler, pruner } = chosenSampling(loaded.spec, plan);
  sampler.check?.(space.parameters, directions);
  const target = { space: space.parameters, directions, metrics };
  const warmStart = plan.warmStart === null ? null : await earlierStudy(store, plan.warmStart, target);
  const repeats = repeatsOf(plan.repeats, spec.repeats);
  const pruneMetric = plan.pruneMetric ?? spec.pruneMetric;
  const options = {
    ...storedStudyOptions(store, request),
    ...{ sampler, pruner, budget: plan.until ?? plan.trials },
    ...(repeats !== null && { repeats }),
    ...(pruneMetric !== undefined && { pruneMetric }),
    ...(warmStart !== null && { warmStart }),
    ...(defaults !== undefined && { enqueue: [space.encode(defaults)] }),
  };
  return async ({ facts }) =>
    openOrCreateStudy({ ...options, facts: { ...facts, ...(await originFacts(loaded.file)), study: typed } });
}

/** How they are aggregated is the study file's to say. */
function repeatsOf(count: number | null, inFile: Repeats | undefined): Partial<Repeats> | null {
  if (count === null) return inFile ?? null;
  return { ...inFile, count };
}
