import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../testing/frames.test.kit.js';
import { aController, aSnapshot, type GivenSnapshot } from '../testing/scenes.test.kit.js';
import { aStudy, aTrial } from '../testing/trials.test.kit.js';
import type { PanelId } from '../view/layout.js';
import { Panel } from './panel.js';

const study = aStudy({ directions: ['minimize', 'maximize'], metrics: ['mae', 'speed'] });
/** A front of three, one that 2 dominates, and one that would be the best of all but violates a constraint. */
const trials = [
  aTrial(0, { values: [1, 10], constraints: [-1] }),
  aTrial(1, { values: [3, 30], constraints: [0] }),
  aTrial(2, { values: [2, 20], constraints: [-2] }),
  aTrial(3, { values: [3, 10], constraints: [-1] }),
  aTrial(4, { values: [0, 40], constraints: [0.25] }),
];

const panel = (id: PanelId, given: GivenSnapshot, keys: readonly string[] = [], [width, height] = [44, 9]): string => {
  const { scene, press } = aController({
    snapshot: aSnapshot({ study, trials, ...given }),
    columns: 120,
    rows: 40,
    glyphs: 'ascii',
  });
  press(...keys);
  const { frame } = {
    frame: render(
      <Panel
        id={id}
        scene={{ ...scene(), tableRows: height - 3 }}
        width={width}
        height={height}
        theme={{ hasColor: false }}
      />,
    ),
  };
  return stripVTControlCharacters(frame.lastFrame() ?? '');
};

describe('panels of a study with several objectives', () => {
  it('the front in the plane: members, dominated and infeasible trials under different marks', () => {
    // 36 columns for mae in [0, 3]: 0, 12, 23 and 35; six rows for speed in [10, 40]: 10 to 40 in rows 5, 3, 2 and 0.
    expect(panel('chart', {}, ['g', 'down'])).toBe(
      [
        '+- Front 3 -------- * front  x infeasible -+',
        '|   40+x                                   |',
        '|     |                                    |',
        '|speed|                                   *|',
        '|(max)|                       *            |',
        '|     |                                    |',
        '|   10+            *                      .|',
        '|      0            mae (min)             3|',
        '+------------------------------------------+',
      ].join('\n'),
    );
  });

  it('the front as a list, best first by the first objective, its values in columns', () => {
    expect(panel('front', {}, [], [50, 7])).toBe(
      [
        '+- Front ------------------------------------ 3 -+',
        '|     #       mae     speed        lr  units[0]  |',
        '|     0*        1        10     0.001        16  |',
        '|     2*        2        20     0.003        18  |',
        '|     1*        3        30     0.002        17  |',
        '|                                                |',
        '+------------------------------------------------+',
      ].join('\n'),
    );
  });

  it('the table: a column for each objective, a star at the front, infeasible trials by name', () => {
    const rows = panel('trials', {}, [], [60, 9]).split('\n').slice(1, 7);
    expect(rows.map((row) => row.slice(1, 40))).toEqual([
      '    #^ state            mae     speed  ',
      '     0*complete           1        10  ',
      '     1*complete           3        30  ',
      '     2*complete           2        20  ',
      '     3 complete           3        10  ',
      '>    4 infeasible         0        40  ',
    ]);
  });

  it('a narrow table gives up the time, then digits, but no objective', () => {
    const three = aStudy({ directions: ['minimize', 'maximize', 'minimize'], metrics: ['mae', 'speed', 'size'] });
    const given = { study: three, trials: [aTrial(0, { values: [1.23456, 2_000.5, 3] })] };
    const at = (width: number): readonly string[] =>
      panel('trials', given, [], [width, 5])
        .split('\n')
        .slice(1, 3)
        .map((row) => row.slice(1, -1).trimEnd());
    expect(at(56)).toEqual([
      '    #^ state          mae     speed      size    time',
      '>    0*complete    1.2346    2000.5         3    1.0s',
    ]);
    expect(at(44)).toEqual(['    #^ state        mae   speed    size', '>    0*complete    1.23    2000       3']);
  });

  it('the volume that the front dominates, and the best of one objective, after c', () => {
    expect(panel('chart', {}, ['c'])).toContain('Hypervolume');
    const best = panel('chart', {}, ['c', 'c', 'c']);
    expect(best).toContain('Best speed 30');
    expect(best).toContain('trial 1');
  });

  it('parameters: of the chosen one of the front, weighed for what i chose', () => {
    expect(panel('parameters', {})).toContain('weighed for the front');
    expect(panel('parameters', {}, ['i'])).toContain('weighed for mae');
    expect(panel('parameters', {})).not.toContain('ranges');
    expect(panel('parameters', {})).toMatch(/trial 0/);
    const { scene, press } = aController({ snapshot: aSnapshot({ study, trials }), columns: 120, rows: 40 });
    for (let i = 0; i < 3 && scene().state.focus !== 'front'; i++) press('tab');
    press('down');
    expect(frameOf(scene()).join('\n')).toMatch(/trial 2 {2}importance/);
  });

  it('parameters: of a study that stores no space, by what its trials have', () => {
    const theirs = { study: { ...study, definition: null } };
    expect(panel('parameters', theirs, [], [90, 9])).toContain('weighed for the front, ranges as its trials have them');
    const single = {
      study: aStudy({ definition: null }),
      trials: trials.map((trial) => ({ ...trial, values: [trial.number] })),
    };
    const shown = panel('parameters', single, [], [90, 9]);
    expect(shown).toContain('Parameters');
    expect(shown).toContain('ranges as its trials have them');
    expect(shown).toMatch(/ lr .*\d+%/);
  });

  it.each([
    { name: 'no trial', given: { trials: [] }, says: 'no trial is complete yet' },
    {
      name: 'infeasible ones only',
      given: { trials: [trials[4]!] },
      says: 'all complete trials are infeasible',
    },
  ])('an empty front says why: $name', ({ given, says }) => {
    expect(panel('front', given)).toContain(says);
  });
});

describe('parallel coordinates', () => {
  const two = [
    aTrial(0, { params: { lr: 0.1, optimizer: 'adam' }, values: [1] }),
    aTrial(1, { params: { lr: 1e-4, optimizer: 'sgd', 'optimizer.sgd.momentum': 0 }, values: [2] }),
  ];

  it('lead from the parameters to the objective, the better values on top; a trial skips what it does not have', () => {
    // The best goes from the top of lr to adam, the first choice at the bottom, and has no momentum to go on to.
    expect(panel('parallel', { study: aStudy(), trials: two }, ['5'], [52, 11])).toBe(
      [
        '+- Parallel coordinates ----- o best 2  * trial 0 -+',
        '|     lr       optimizer   sgd.momentum     mae    |',
        '|    0.1          sgd          0.99          1     |',
        '|     **           o            |            *     |',
        '|     | **         |            |            |     |',
        '|     |   ***      |            |            |     |',
        '|     |      ***   |            |            |     |',
        '|     |         ** |            |            |     |',
        '|     o           **            o            o     |',
        '|   0.0001        adam          0            2     |',
        '+--------------------------------------------------+',
      ].join('\n'),
    );
  });
});

describe('the screen', () => {
  const text = (keys: readonly string[], [columns, rows] = [120, 40]): string => {
    const { scene, press } = aController({ snapshot: aSnapshot({ study, trials }), columns, rows });
    press(...keys);
    return frameOf(scene()).join('\n');
  };

  it.each([
    [200, 60],
    [120, 40],
    [80, 24],
    [60, 20],
  ])('says at %i x %i how large the front is and what has been reached', (columns, rows) => {
    const frame = text([], [columns, rows]);
    for (const shown of ['minimize mae, maximize speed', 'front 3', 'best mae 1', 'best speed 30']) {
      expect(frame).toContain(shown);
    }
  });

  it('a trial says that it is on the front, or why it cannot be', () => {
    expect(text(['g', 'enter'])).toMatch(/Trial 0 {2}complete {2}on the front/);
    const infeasible = text(['G', 'enter']);
    expect(infeasible).toMatch(/Trial 4 {2}complete {2}infeasible/);
    expect(infeasible).toMatch(/constraint 1 +violated by 0\.25/);
    expect(infeasible).toMatch(/mae +0/);
    expect(infeasible).toMatch(/speed +40/);
  });

  it('a trial says what auto picked for it', () => {
    const trials = [aTrial(0, { note: { auto: 'gp', sobol: 3 } }), aTrial(1)];
    const { scene, press } = aController({ snapshot: aSnapshot({ trials }), rows: 40 });
    press('g', 'enter');
    const told = (): readonly string[] => frameOf(scene()).filter((line) => line.includes('auto: gp'));
    expect(told()).toEqual([
      expect.stringMatching(/^ sampler auto: gp/),
      expect.stringMatching(/^ {3}sampler {3}auto: gp/),
    ]);
    press('esc', 'G', 'enter');
    expect(frameOf(scene()).join('\n')).toMatch(/Trial 1 /);
    expect(told()).toHaveLength(1); // the study's fact in the header
  });

  it('a trial of a study with repeats lists them instead of a curve', () => {
    const { definition } = aStudy();
    const repeated = aStudy({ definition: { ...definition!, repeats: { count: 3, aggregate: 'mean' } } });
    const trial = aTrial(0, { values: [2], attributes: { repeats: [1, 2, 3] } });
    const { scene, press } = aController({ snapshot: aSnapshot({ study: repeated, trials: [trial] }), rows: 40 });
    press('enter');
    const frame = frameOf(scene()).join('\n');
    expect(frame).toMatch(/repeat 3 +3/);
    expect(frame).toMatch(/standard error +0\.57735/); // the square root of 1 / 3
    expect(frame).not.toContain('Learning curve');
    expect(frame).not.toContain('Attributes');
  });
});
