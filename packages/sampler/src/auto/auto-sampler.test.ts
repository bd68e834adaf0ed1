import { categorical, float, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { contextOf, randomTrials } from '../contexts.test.kit.js';
import type { Observation, SamplerContext } from '../sampler.js';
import { autoPick, autoSampler } from './auto-sampler.js';

const BOX = space({ x: float(0, 1), y: float(0, 1) }).parameters;

/** Trials of a study whose latest one says that auto picked this for it, and who took turns. */
function trialsBy(pick: string, count: number, turns?: string): readonly Observation[] {
  const trials = randomTrials(BOX, count, ({ x, y }) => (Number(x) - 0.3) ** 2 + Number(y));
  return trials.with(-1, { ...trials.at(-1)!, note: { auto: pick, ...(turns !== undefined && { turns }) } });
}

function suggestAfter(history: readonly Observation[], given: Partial<SamplerContext> = {}) {
  return autoSampler().suggest(contextOf(BOX, { history, draw: history.length, ...given }))!;
}

describe('auto', () => {
  it('says what it picks for the first trial, and is silent while that stays', () => {
    expect(suggestAfter([]).message).toMatch(/^auto picks gp: a model of the whole function/);
    expect(suggestAfter(trialsBy('gp', 20)).message).toBeUndefined();
  });

  it('says so when only one of those that took turns goes on', () => {
    const space = [...BOX, { name: 'kind', distribution: categorical(['a', 'b']), condition: null }];
    const { note, message } = suggestAfter(trialsBy('tpe', 200, 'gp+tpe'), { space });
    expect(note).toEqual({ auto: 'tpe' });
    expect(message).toMatch(/^auto picks tpe: /);
  });

  it('says so when it changes its mind', () => {
    expect(suggestAfter(trialsBy('gp', 200)).message).toMatch(/^auto picks cma-es: more trials than/);
  });

  it('lets samplers take turns by the draw for a front, which is no news', () => {
    const history = trialsBy('tpe', 201, 'tpe+nsga-ii').map((trial) => ({
      ...trial,
      values: [...trial.values, Number(trial.params.x)],
    }));
    const turns = [200, 201, 202].map((draw) => suggestAfter(history, { draw, directions: ['minimize', 'minimize'] }));
    expect(turns.map(({ note }) => autoPick(note!))).toEqual(['tpe', 'nsga-ii', 'tpe']);
    expect(turns.map(({ message }) => message)).toEqual([undefined, undefined, undefined]);
  });

  it('keeps what the sampler itself notes', () => {
    expect(Object.keys(suggestAfter(trialsBy('gp', 20)).note as object)).toEqual(
      expect.arrayContaining(['auto', 'gp']),
    );
  });
});
