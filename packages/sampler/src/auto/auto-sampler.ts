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
    explain: (context) => explanation(pickSampler(context)),
  };
}

function explanation({ sampler, reason }: Pick): string {
  return `auto picks ${sampler}: ${reason}`;
}

function signed({ params, note, message }: Suggestion, pick: Pick, last: string | null): Suggestion {
  const news = last === pick.sampler ? [] : [explanation(pick)];
  const lines = message === undefined ? news : [...news, message];
  return {
    params,
    note: { ...fieldsOf(note), auto: pick.sampler },
    ...(lines.length > 0 && { message: lines.join('; ') }),
  };
}

/** What was picked for the newest trial that says so. */
function lastPick({ history, running }: SamplerContext): string | null {
  let newest: Observation | null = null;
  for (const trials of [history, running]) {
    for (const trial of trials) {
      if ((newest === null || trial.number > newest.number) && autoPick(trial.note) !== null) newest = trial;
    }
  }
  return newest === null ? null : autoPick(newest.note);
}

/** Which sampler `auto` picked for a trial, by the trial's note; null where it picked none. */
export function autoPick(note: Json | null): string | null {
  const { auto } = fieldsOf(note);
  return typeof auto === 'string' ? auto : null;
}

function fieldsOf(note: Json | null | undefined): Readonly<Record<string, Json>> {
  return typeof note === 'object' && note !== null && !Array.isArray(note)
    ? (note as Readonly<Record<string, Json>>)
    : {};
}
