import { rememberLast } from '../remember-last.js';
import type { Observation, SamplerContext } from '../sampler.js';
import { type CmaEsNote, type Origin, readNote } from './cma-es-note.js';
import { numberRanges, numbersIn } from './number-ranges.js';
import { type DrawnTrial, nextState, restartedState, type SearchFrame, type SearchState } from './search-state.js';
import { startAt, startingTrials } from './start.js';

/** Where the search stands. */
export interface SearchPlace {
  readonly state: SearchState;
  readonly origin: Origin;
  /** Finished trials of this run that no generation has learnt from yet, whichever one they were drawn from; by number. */
  readonly pool: readonly DrawnTrial[];
}

interface NotedTrial {
  readonly trial: Observation;
  readonly note: CmaEsNote;
}

/**
 * Works out from the trials and their notes where the search stands, generation by generation. What a generation has learnt
 * from is told by the trials that were drawn from it, so trials that end late change nothing that has been decided; a later
 * generation learns from them. Should two processes have decided differently, the trial with the lower number is right.
 */
export function findPlace(frame: SearchFrame, context: SamplerContext): SearchPlace {
  const noted = notedTrials(context);
  let place = firstPlace(frame, context, noted[0] ?? []);
  for (let generation = 1; ; generation++) {
    const trials = noted[generation] ?? [];
    const next = rememberTold(place, trials, () => toldBy(trials, place));
    if (next === null) return place;
    place = next;
  }
}

/** The next generation when there are trials enough to learn from, else the same. */
export function learn(place: SearchPlace): SearchPlace {
  const { population } = place.state.run;
  return place.pool.length < population ? place : advance(place, place.pool.slice(0, population));
}

/** The first generation of a new run. */
export function abandon({ state }: SearchPlace): SearchPlace {
  const next = rememberSuccessor(state, ['restart'], () => restartedState(state));
  return { state: next, origin: { generation: next.generation, from: '', restart: true }, pool: [] };
}

function advance({ state, pool }: SearchPlace, learnt: readonly DrawnTrial[]): SearchPlace {
  const trials = learnt.map(({ trial }) => trial);
  const next = rememberSuccessor(state, trials, () => nextState(state, learnt));
  const from = numberRanges(trials.map(({ number }) => number));
  return {
    state: next,
    origin: { generation: next.generation, from, restart: false },
    pool: next.run === state.run ? pool.filter((drawn) => !learnt.includes(drawn)) : [],
  };
}

/** The trials with a note of this sampler, by generation and number. */
function notedTrials({ history, running }: SamplerContext): readonly (readonly NotedTrial[] | undefined)[] {
  const generations: NotedTrial[][] = [];
  for (const trial of [...history, ...running].sort((a, b) => a.number - b.number)) {
    const noted = notedTrial(trial);
    if (noted === null) continue;
    generations[noted.note.generation] ??= [];
    generations[noted.note.generation]!.push(noted);
  }
  return generations;
}

function notedTrial(trial: Observation): NotedTrial | null {
  return rememberNoted(trial, [], () => {
    const note = readNote(trial.note);
    return note === null ? null : { trial, note };
  });
}

function firstPlace(frame: SearchFrame, context: SamplerContext, noted: readonly NotedTrial[]): SearchPlace {
  const { history, prior } = context;
  const own = toldStart(history, noted) ?? startingTrials(foreignTrials(history), frame.direction);
  const earlier = startingTrials(prior, frame.direction);
  const state = startAt(frame, own.length > 0 ? { trials: own, study: 'this' } : { trials: earlier, study: 'earlier' });
  const from = numberRanges(own.map(({ number }) => number));
  return rememberFirst(state, [from, ...noted], () =>
    withDrawn({ state, origin: { generation: 0, from, restart: false }, pool: [] }, noted),
  );
}

/** The trials that the first of generation 0 says it started at; null when there is none that can be right. */
function toldStart(history: readonly Observation[], noted: readonly NotedTrial[]): readonly Observation[] | null {
  for (const { note } of noted) {
    const start = numbersIn(note.from).map((number) => history.find((trial) => trial.number === number));
    if (start.every((trial) => trial !== undefined)) return start;
  }
  return null;
}

/** Finished trials that somebody else has chosen. */
function foreignTrials(history: readonly Observation[]): readonly Observation[] {
  return history.filter((trial) => notedTrial(trial) === null);
}

/** The next generation as the first of its trials tells that can be right; null when there is none. */
function toldBy(noted: readonly NotedTrial[], place: SearchPlace): SearchPlace | null {
  const pool = new Map(place.pool.map((drawn) => [drawn.trial.number, drawn]));
  for (const { note } of noted) {
    if (note.restart) return withDrawn(abandon(place), noted);
    const learnt = numbersIn(note.from).map((number) => pool.get(number));
    if (learnt.length !== place.state.run.population || !learnt.every((drawn) => drawn !== undefined)) continue;
    return withDrawn(advance(place, learnt), noted);
  }
  return null;
}

/** Adds the finished ones of the trials that were drawn from the place itself. */
function withDrawn(place: SearchPlace, noted: readonly NotedTrial[]): SearchPlace {
  const { state, origin } = place;
  const drawn = noted
    .filter(({ trial }) => trial.state !== 'running')
    .filter(({ note }) => note.from === origin.from && note.restart === origin.restart)
    .map(({ trial, note }) => ({ trial, note, state }));
  return { ...place, pool: [...place.pool, ...drawn].sort((a, b) => a.trial.number - b.trial.number) };
}

const rememberSuccessor = rememberLast<SearchState, SearchState>();
const rememberFirst = rememberLast<SearchState, SearchPlace>();
const rememberTold = rememberLast<SearchPlace, SearchPlace | null>();
const rememberNoted = rememberLast<Observation, NotedTrial | null>();
