import { float, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf } from '../axis.js';
import type { Observation, SamplerContext } from '../sampler.js';
import { type SimulatedRun, simulateStudy } from '../simulated-study.test.kit.js';
import { readNote, writeNote } from './cma-es-note.js';
import { firstRun } from './cma-es-run.js';
import { cmaEsSampler } from './cma-es-sampler.js';
import { numberRanges, numbersIn } from './number-ranges.js';
import { numericAxes } from './numeric-axis.js';
import { findPlace, type SearchPlace } from './search-history.js';
import type { SearchFrame } from './search-state.js';

const plane = space({ x: float(0, 1), y: float(0, 1) }).parameters; // a generation has 6 trials
const frame: SearchFrame = {
  axes: numericAxes(axesOf(plane)),
  direction: 'minimize',
  studySeed: 1,
  firstRun: firstRun(2, null, 1 / 6),
};

function study(trials: number, workers = 1): SimulatedRun {
  return simulateStudy(cmaEsSampler(), {
    space: plane,
    trials,
    workers,
    evaluate: ({ x, y }) => [((x as number) - 0.7) ** 2 + ((y as number) - 0.1) ** 2],
  });
}

function originsOf(trials: readonly Observation[]): readonly string[] {
  return trials.map(({ note }) => {
    const { generation, from } = readNote(note)!;
    return `${generation}: ${from}`;
  });
}

/** Everything about a place but the objects it is made of. */
function summary({ state, origin, pool }: SearchPlace): unknown {
  const { gaussian, age } = state.adaptation;
  return { gaussian, age, stretch: state.stretch, run: state.run, origin, pool: pool.map(({ trial }) => trial.number) };
}

describe('a study with one worker', () => {
  it('learns from six trials at a time', () => {
    expect(originsOf(study(20).finished)).toEqual([
      ...new Array(6).fill('0: '),
      ...new Array(6).fill('1: 0-5'),
      ...new Array(6).fill('2: 6-11'),
      ...new Array(2).fill('3: 12-17'),
    ]);
  });
});

describe('a study with several workers', () => {
  it.each([3, 8, 20])('learns from every trial once, also from those that end late (%i workers)', (workers) => {
    const { finished, context } = study(200, workers);
    const learnt = [...new Set(finished.map(({ note }) => readNote(note)!.from))].map(numbersIn);
    expect(learnt.filter((numbers) => numbers.length > 0).every((numbers) => numbers.length === 6)).toBe(true);
    const left = findPlace(frame, context).pool.map(({ trial }) => trial.number);
    const all = [...learnt.flat(), ...left].sort((a, b) => a - b);
    expect(all).toEqual(finished.map(({ number }) => number));
  });

  it('goes on from the same place after a trial that ended late, or never ended', () => {
    const { context } = study(60, 4);
    const late = context.history.find(({ number }) => number === findPlace(frame, context).pool[0]?.trial.number)!;
    const others = context.history.filter((trial) => trial !== late);
    const before = findPlace(frame, { ...context, history: others, running: [{ ...late, state: 'running' }] });
    const failed = findPlace(frame, { ...context, history: others });
    const after = findPlace(frame, context);
    expect(before.state.adaptation).toEqual(after.state.adaptation);
    expect(summary(failed)).toEqual(summary(before));
    expect(after.pool).toHaveLength(before.pool.length + 1);
  });
});

describe('findPlace', () => {
  const { context } = study(45);
  const place = findPlace(frame, context);

  it('finds the same in copies of the trials, in any order', () => {
    const copy = structuredClone([...context.history].reverse());
    expect(summary(findPlace({ ...frame }, { ...context, history: copy }))).toEqual(summary(place));
  });

  it('leaves out trials that others have chosen in between', () => {
    const foreign = context.history.map((trial) => ({ ...trial, number: trial.number + 100, note: null }));
    expect(summary(findPlace(frame, { ...context, history: [...context.history, ...foreign] }))).toEqual(
      summary(place),
    );
  });

  it('believes the lower number when two processes have decided differently', () => {
    const disagreeing = (trial: Observation): Observation => {
      const note = readNote(trial.note)!;
      return { ...trial, number: 200, note: writeNote({ ...note, from: numberRanges([0, 1, 2, 3, 4, 7]) }) };
    };
    const second = context.history.find(({ note }) => readNote(note)!.generation === 1)!;
    const history = [...context.history, disagreeing(second)];
    expect(summary(findPlace(frame, { ...context, history }))).toEqual(summary(place));
  });

  it.each<{ name: string; change: (context: SamplerContext) => SamplerContext; generation: number }>([
    { name: 'all trials', change: (same) => same, generation: 7 },
    {
      name: 'a trial that is gone, although a generation has learnt from it',
      change: (same) => ({ ...same, history: same.history.filter(({ number }) => number !== 20) }),
      generation: 3,
    },
    { name: 'no trial', change: (same) => ({ ...same, history: [] }), generation: 0 },
  ])('comes as far as it can be worked out: $name', ({ change, generation }) => {
    expect(findPlace(frame, change(context)).state.generation).toBe(generation);
  });
});
