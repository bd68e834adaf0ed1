import { describe, expect, it } from 'vitest';
import { aController, aSnapshot } from '../testing/scenes.test.kit.js';
import { aStudy, aTrial } from '../testing/trials.test.kit.js';
import { chosenFront } from './scene-queries.js';

const one = aSnapshot({ trials: [aTrial(0)] });

describe('keys of a study with several objectives', () => {
  const study = aStudy({ directions: ['minimize', 'maximize', 'minimize'], metrics: ['mae', 'speed', 'size'] });
  const front = [0, 1, 2, 3].map((i) => aTrial(i, { values: [i, i, -i] }));
  const dominated = aTrial(4, { values: [9, 0, 9] });
  const open = (given: Partial<Parameters<typeof aController>[0]> = {}) =>
    aController({ snapshot: aSnapshot({ study, trials: [...front, dominated] }), columns: 120, rows: 40, ...given });
  const focusFront = ({ press, scene }: ReturnType<typeof open>): void => {
    for (let i = 0; i < 4 && scene().state.focus !== 'front'; i++) press('tab');
  };

  it('c goes through the charts, a through the planes of the front, which the list follows', () => {
    const { press, scene } = open();
    const shown = (): string => {
      const { chart } = scene();
      if (chart.kind === 'front') return `${chart.x.name} ${chart.y.name}`;
      return chart.kind === 'best' ? chart.objective.name : chart.kind;
    };
    const seen = [shown()];
    for (const key of ['a', 'a', 'c', 'c', 'c', 'c', 'c']) {
      press(key);
      seen.push(shown());
    }
    expect(seen).toEqual(['mae speed', 'mae size', 'speed size', 'hypervolume', 'mae', 'speed', 'size', 'speed size']);
    expect(scene().front.map(({ number }) => number)).toEqual([3, 2, 1, 0]); // by speed, the larger the better
  });

  it('i weighs the parameters for the front and for each objective in turn, and says so', () => {
    const { press, scene } = open();
    const said = ['i', 'i', 'i', 'i'].map((key) => {
      press(key);
      return scene().state.notice?.text.replace('parameters are weighed for ', '');
    });
    expect(said).toEqual(['mae', 'speed', 'size', 'the front']);
  });

  it('the front has a chosen trial: it is opened by Enter, and copied by y from anywhere', () => {
    const opened = open();
    const { press, scene, copied } = opened;
    press('y');
    focusFront(opened);
    press('down', 'down', 'y', 'enter');
    expect(copied).toEqual([front[0], front[2]].map((trial) => JSON.stringify(trial?.params)));
    expect(scene().state.opened).toBe(2);
    expect(scene().state.notice).toBeNull();
    press('esc', 'G', 'tab', 'y');
    expect(copied.at(-1)).toBe(JSON.stringify(front[3]?.params));
    expect(scene().state.notice?.command).toBe('assay best taxifare@3 --format args');
  });

  it('the chosen one is the first again when it has been beaten', () => {
    const opened = open();
    focusFront(opened);
    opened.press('down');
    opened.source.show(aSnapshot({ study, trials: [...front, aTrial(5, { values: [1, 2, -9] })] }));
    expect(chosenFront(opened.scene())?.number).toBe(0);
  });

  it('the filter finds the front', () => {
    const { press, scene } = open();
    press('/', ...'front', 'enter');
    expect(scene().rows.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
  });

  it.each([
    { key: 'c', given: { snapshot: one }, before: [], why: 'one objective' },
    { key: 'i', given: { snapshot: one }, before: [], why: 'one objective' },
    { key: 'a', given: { snapshot: one }, before: [], why: 'one objective' },
    { key: 'c', given: {}, before: ['2'], why: 'not on this view' },
    { key: 'a', given: {}, before: ['c'], why: 'c goes on to the front' },
    {
      key: 'a',
      given: { snapshot: aSnapshot({ study: aStudy({ directions: ['minimize', 'minimize'] }) }) },
      before: [],
      why: 'one pair of axes',
    },
  ])('a disabled $key says why: $why', ({ key, given, before, why }) => {
    const { press, scene } = open(given);
    press(...before, key);
    expect(scene().state.notice?.text).toContain(why);
  });

  it('views without a front give the focus back to the trials', () => {
    const opened = open();
    focusFront(opened);
    opened.press('2');
    expect(opened.scene().state.focus).toBe('trials');
    opened.press('5');
    expect(opened.scene().state.focus).toBe('parallel');
    opened.press('down');
    expect(chosenFront(opened.scene())?.number).toBe(1);
    opened.press('1');
    expect(opened.scene().state.focus).toBe('trials');
  });
});
