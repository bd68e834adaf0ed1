import { describe, expect, it } from 'vitest';
import { objectivesOf } from '../data/objectives.js';
import { aSnapshot } from '../testing/scenes.test.kit.js';
import { aFailedTrial, aStudy, aTrial } from '../testing/trials.test.kit.js';
import { chartData } from './chart-data.js';
import { axisPairs, chosenChart, chosenTarget } from './chart-view.js';

const study = aStudy({ directions: ['minimize', 'maximize', 'minimize'], metrics: ['mae', 'speed', 'size'] });
const objectives = objectivesOf(study);
const [mae, speed] = objectives as [(typeof objectives)[0], (typeof objectives)[0]];

describe('the charts of a study', () => {
  it('of one objective: its best value', () => {
    const [only] = objectivesOf(aStudy());
    for (const chart of [0, 1, 7]) {
      expect(chosenChart([only!], { chart, pair: 3, target: 0 })).toEqual({ kind: 'best', objective: only });
      expect(chosenTarget([only!], { chart, pair: 0, target: chart })).toEqual({ kind: 'objective', objective: only });
    }
  });

  it('of several: the front, its volume, and the best of each, round and round', () => {
    const names = [0, 1, 2, 3, 4, 5].map((chart) => {
      const view = chosenChart(objectives, { chart, pair: 0, target: 0 });
      return view.kind === 'best' ? view.objective.name : view.kind;
    });
    expect(names).toEqual(['front', 'hypervolume', 'mae', 'speed', 'size', 'front']);
  });

  it('three objectives span three planes', () => {
    const names = axisPairs(objectives).map((pair) => pair.map(({ name }) => name).join(' '));
    expect(names).toEqual(['mae speed', 'mae size', 'speed size']);
    const fourth = chosenChart(objectives, { chart: 0, pair: 4, target: 0 });
    expect(fourth).toMatchObject({ x: { name: 'mae' }, y: { name: 'size' } });
  });

  it('parameters are weighed for the front, then for each objective', () => {
    const names = [0, 1, 2, 3, 4].map((target) => {
      const chosen = chosenTarget(objectives, { chart: 0, pair: 0, target });
      return chosen.kind === 'front' ? chosen.kind : chosen.objective.name;
    });
    expect(names).toEqual(['front', 'mae', 'speed', 'size', 'front']);
  });
});

describe('the plane of two objectives', () => {
  const twoObjectives = aStudy({ directions: ['minimize', 'maximize'], metrics: ['mae', 'speed'] });
  const planeOf = (trials: Parameters<typeof aSnapshot>[0] & object) => {
    const snapshot = aSnapshot({ study: twoObjectives, ...trials });
    const data = chartData({ kind: 'front', x: mae, y: speed }, snapshot, []);
    if (data.kind !== 'front') throw new Error(data.kind);
    return data;
  };

  it('tells the front, the dominated and the infeasible apart, and leaves out what did not complete', () => {
    const { front, dominated, infeasible } = planeOf({
      trials: [
        aTrial(0, { values: [1, 1], constraints: [0] }),
        aTrial(1, { values: [2, 0], constraints: [-1] }),
        aTrial(2, { values: [0, 9], constraints: [0.5] }),
        aTrial(3, { values: [3, 4], constraints: [0] }),
        aFailedTrial(4),
        aTrial(5, { state: 'pruned', values: [] }),
      ],
    });
    expect(front).toEqual([
      { number: 0, x: 1, y: 1 },
      { number: 3, x: 3, y: 4 },
    ]);
    expect([dominated, infeasible].map((group) => group.map(({ number }) => number))).toEqual([[1], [2]]);
  });

  it('spans the better 85 of a hundred values and the whole front', () => {
    const crowd = Array.from({ length: 99 }, (_, i) => aTrial(i, { values: [i + 1, -(i + 1)] }));
    const far = aTrial(99, { values: [500, 1_000] });
    const { xRange, yRange } = planeOf({ trials: [...crowd, far] });
    expect(xRange).toEqual([1, 500]); // 1 to 85, and the front's own 500
    expect(yRange).toEqual([-84, 1_000]); // the 85 largest: 1000, -1 ... -84
  });

  it('has no range where nothing is finite', () => {
    const { xRange, yRange } = planeOf({ trials: [aTrial(0, { values: [Number.POSITIVE_INFINITY, 3] })] });
    expect([xRange, yRange]).toEqual([null, [3, 3]]);
  });
});

it('the best of a later objective counts its own values', () => {
  const trials = [aTrial(0, { values: [1, 5] }), aTrial(1, { values: [2, 3] }), aTrial(2, { values: [3, 8] })];
  const data = chartData({ kind: 'best', objective: speed }, aSnapshot({ study, trials }), []);
  expect(data).toMatchObject({ points: [{ best: 5 }, { best: 5 }, { best: 8 }], range: [3, 8] });
});
