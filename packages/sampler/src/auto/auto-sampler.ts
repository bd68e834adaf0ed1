import type { Json } from '@assay/space';
import { cmaEsSampler } from '../cma-es/cma-es-sampler.js';
import { gpSampler } from '../gp/gp-sampler.js';
import type { Observation, Sampler, SamplerContext, Suggestion } from '../sampler.js';
import { tpeSampler } from '../tpe/tpe-sampler.js';
import { type Pick, type Picked, pickSampler } from './pick-sampler.js';

/**
 * The default: hands each trial to the sampler that does best in a study like this at this point (`pickSampler`), and says
 * so whenever that changes. Each of them sees all trials, whoever made them. The note carries the pick's name as `auto`
 * beside what the sampler itself wrote.
 */
export function autoSampler(): Sampler {
  const samplers: Readonly<Record<Picked, Sampler>> = {
    gp: gpSampler(),
    tpe: tpeSampler(),
    'cma-es': cmaEsSampler(),
  };
  return {
    name: 'auto',
    settings: {},
    suggest: (context) => {
      const pick = pickSampler(context);
      const suggestion = samplers[pick.sampler].suggest(context);
      return suggestion === null ? null : signed(suggestion, pick, lastPick(context));
    },
  };
}

function signed({ params, note, message }: Suggestion, pick: Pick, last: Json | undefined): Suggestion {
  const news = last === pick.sampler ? [] : [`auto picks ${pick.sampler}: ${pick.reason}`];
  const lines = message === undefined ? news : [...news, message];
  return {
    params,
    note: { ...fieldsOf(note), auto: pick.sampler },
    ...(lines.length > 0 && { message: lines.join('; ') }),
  };
}

/** What was picked for the newest trial that says so. */
function lastPick({ history, running }: SamplerContext): Json | undefined {
  let newest: Observation | null = null;
  for (const trials of [history, running]) {
    for (const trial of trials) {
      if ((newest === null || trial.number > newest.number) && pickOf(trial) !== undefined) newest = trial;
    }
  }
  return newest === null ? undefined : pickOf(newest);
}

function pickOf({ note }: Observation): Json | undefined {
  return fieldsOf(note).auto;
}

function fieldsOf(note: Json | null | undefined): Readonly<Record<string, Json>> {
  return typeof note === 'object' && note !== null && !Array.isArray(note)
    ? (note as Readonly<Record<string, Json>>)
    : {};
}
