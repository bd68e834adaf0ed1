import type { Json } from '@assay/space';
import { cmaEsSampler } from '../cma-es/cma-es-sampler.js';
import { gpSampler } from '../gp/gp-sampler.js';
import { nsgaIISampler } from '../nsga-ii/nsga-ii-sampler.js';
import type { Observation, Sampler, SamplerContext, Suggestion } from '../sampler.js';
import { tpeSampler } from '../tpe/tpe-sampler.js';
import { MODEL_TRIALS, type Picked, pickSampler, type SamplerPick } from './pick-sampler.js';

/**
 * The default: hands each trial to the sampler that does best in a study like this at this point (`pickSampler`), and says
 * so whenever that changes. Each of them sees all trials, whoever made them. The note carries the sampler's name as `auto`,
 * and the names of those that take turns as `turns`, beside what the sampler itself wrote.
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
      return suggestion === null ? null : signed(suggestion, picked, pick, context);
    },
    explain: (context) => explanation(pickSampler(context)),
  };
}

function explanation(pick: SamplerPick): string {
  return `auto picks ${namesOf(pick)}: ${pick.reason}`;
}

function namesOf({ turns }: SamplerPick): string {
  return [...new Set(turns)].join('+');
}

/** Says what was picked, unless it was the same for the latest trial. */
function signed(suggestion: Suggestion, picked: Picked, pick: SamplerPick, context: SamplerContext): Suggestion {
  const names = namesOf(pick);
  const said = names === lastNames(context) ? [] : [explanation(pick)];
  const lines = suggestion.message === undefined ? said : [...said, suggestion.message];
  return {
    params: suggestion.params,
    note: { ...fieldsOf(suggestion.note), auto: picked, ...(names !== picked && { turns: names }) },
    ...(lines.length > 0 && { message: lines.join('; ') }),
  };
}

/** Who took turns for the newest trial that says so. */
function lastNames({ history, running }: SamplerContext): string | null {
  let newest: Observation | null = null;
  for (const trials of [history, running]) {
    for (const trial of trials) {
      if ((newest === null || trial.number > newest.number) && autoPick(trial.note) !== null) newest = trial;
    }
  }
  return newest === null ? null : autoTurns(newest.note);
}

/** Which samplers took turns when `auto` picked one for a trial (`gp+tpe`), or the only one; null where it picked none. */
export function autoTurns(note: Json | null): string | null {
  const { turns } = fieldsOf(note);
  return typeof turns === 'string' ? turns : autoPick(note);
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
