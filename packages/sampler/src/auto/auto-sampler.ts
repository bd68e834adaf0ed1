import type { Json } from '@assay/space';
import { cmaEsSampler } from '../cma-es/cma-es-sampler.js';
import { gpSampler } from '../gp/gp-sampler.js';
import { nsgaIISampler } from '../nsga-ii/nsga-ii-sampler.js';
import type { Observation, Sampler, SamplerContext, Suggestion } from '../sampler.js';
import { tpeSampler } from '../tpe/tpe-sampler.js';
import { MODEL_TRIALS, type Picked, pickSampler, type SamplerPick } from './pick-sampler.js';

/**
 * The default: hands each trial to the sampler that does best in a study like this at this point (`pickSampler`), and says
 * so whenever that changes. Each of them sees all trials, whoever made them. The note carries the pick's name as `auto`
 * beside what the sampler itself wrote.
 */
export function autoSampler(): Sampler {
  const samplers: Readonly<Record<Picked, Sampler>> = {
    gp: gpSampler({ observations: MODEL_TRIALS }),
    tpe: tpeSampler(),
    'cma-es': cmaEsSampler(),
    'nsga-ii': nsgaIISampler(),
  };
  return {
    name: 'auto',
    settings: {},
    suggest: (context) => {
      const pick = pickSampler(context);
      const picked = pick.turns[context.draw % pick.turns.length]!;
      const suggestion = samplers[picked].suggest(context);
      return suggestion === null ? null : signed(suggestion, picked, news(pick, context));
    },
    explain: (context) => explanation(pickSampler(context)),
  };
}

function explanation({ turns, reason }: SamplerPick): string {
  return `auto picks ${[...new Set(turns)].join(' and ')}: ${reason}`;
}

/** What to say of the pick: nothing while the latest trial was of the same. */
function news(pick: SamplerPick, context: SamplerContext): readonly string[] {
  const last = lastPick(context);
  return pick.turns.some((picked) => picked === last) ? [] : [explanation(pick)];
}

function signed({ params, note, message }: Suggestion, picked: Picked, said: readonly string[]): Suggestion {
  const lines = message === undefined ? said : [...said, message];
  return { params, note: { ...fieldsOf(note), auto: picked }, ...(lines.length > 0 && { message: lines.join('; ') }) };
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
