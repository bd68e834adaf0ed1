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
  for (let generation = 1; generation < noted.length; generation++) {
    const next = toldBy(noted[generation] ?? [], place);
    if (next === null) break;
    place = next;
  }
  return place;
}

/** The next generation when there are trials enough to learn from, else the same. */
export function learn(place: SearchPlace): SearchPlace {
  const { population } = place.state.run;
  return place.pool.length < population ? place : advance(place, place.pool.slice(0, population));
}

/** The first generation of a new run. */
export function abandon({ state }: SearchPlace): SearchPlace {
  const next = successor(state, [], restartedState);
  return { state: next, origin: { generation: next.generation, from: '', restart: true }, pool: [] };
}

function advance({ state, pool }: SearchPlace, learnt: readonly DrawnTrial[]): SearchPlace {
  const next = successor(state, learnt, () => nextState(state, learnt));
  const from = numberRanges(learnt.map(({ trial }) => trial.number));
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
    const note = readNote(trial.note);
    if (note === null) continue;
    generations[note.generation] ??= [];
    generations[note.generation]!.push({ trial, note });
  }
  return generations;
}

function firstPlace(frame: SearchFrame, context: SamplerContext, noted: readonly NotedTrial[]): SearchPlace {
  const finished = new Map(context.history.map((trial) => [trial.number, trial]));
  const told = noted.find(({ note }) => numbersIn(note.from).every((number) => finished.has(number)));
  const own = told
    ? numbersIn(told.note.from).map((number) => finished.get(number)!)
    : startingTrials(foreignTrials(context), frame.direction);
  const start = own.length > 0 ? own : startingTrials(context.prior, frame.direction);
  const from = numberRanges(own.map(({ number }) => number));
  return withDrawn({ state: startAt(frame, start), origin: { generation: 0, from, restart: false }, pool: [] }, noted);
}

/** Finished trials that somebody else has chosen. */
function foreignTrials({ history }: SamplerContext): readonly Observation[] {
  return history.filter(({ note }) => readNote(note) === null);
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

interface Successor {
  readonly learnt: readonly Observation[];
  readonly next: SearchState;
}

/** A speed-up alone: states and finished trials are immutable, so the successor is what would be worked out again. */
const successors = new WeakMap<SearchState, Successor>();

function successor(
  state: SearchState,
  drawn: readonly DrawnTrial[],
  workOut: (state: SearchState) => SearchState,
): SearchState {
  const learnt = drawn.map(({ trial }) => trial);
  const known = successors.get(state);
  if (known?.learnt.length === learnt.length && learnt.every((trial, i) => trial === known.learnt[i]))
    return known.next;
  const next = workOut(state);
  successors.set(state, { learnt, next });
  return next;
}
