import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { GLYPHS } from '../draw/glyphs.js';
import { span } from '../draw/line.js';
import { tableLines } from '../panels/table-lines.js';
import { frameOf } from '../testing/frames.test.kit.js';
import { aController, aSnapshot, type GivenSnapshot } from '../testing/scenes.test.kit.js';
import { aFailedTrial, aRunningTrial, aStudy, aTrial } from '../testing/trials.test.kit.js';
import { cellWidth } from '../text/cell-width.js';
import type { PanelId } from '../view/layout.js';
import { Lines } from './lines.js';
import { Panel } from './panel.js';

const theme = { hasColor: false };
const plainPanel = (id: PanelId, given: GivenSnapshot, height = 8) => {
  const { scene } = aController({ snapshot: aSnapshot(given), columns: 100, rows: 30 });
  const frame = render(
    <Panel id={id} scene={{ ...scene(), tableRows: height - 3 }} width={50} height={height} theme={theme} />,
  );
  return stripVTControlCharacters(frame.lastFrame() ?? '');
};

const trials = [aTrial(0), aFailedTrial(1), aTrial(2), aTrial(3)];

describe('leaves', () => {
  it('lines stand one below the other, each in its tone', () => {
    const frame = render(
      <Lines lines={[[span('a'), span('b', 'selected')], [], [span('c')]]} width={5} theme={theme} />,
    );
    expect(frame.lastFrame()?.replaceAll('\u001B', 'E')).toBe('aE[7mbE[27m\n\nc');
  });

  it('running trials: number, curve, value, step, time', () => {
    expect(plainPanel('running', { trials: [aRunningTrial(7)], nowMs: aTrial(7).startedMs! + 9_000 }, 4)).toBe(
      [
        '╭─ Running ──────────────────────────────────────╮',
        '│   7 █▅▁                    2 step 3         9s │',
        '│                                                │',
        '╰────────────────────────────────────────────────╯',
      ].join('\n'),
    );
  });

  it('a running trial that has been silent for long is marked', () => {
    const { scene } = aController({ columns: 100, rows: 30 });
    const { snapshot } = scene();
    const quiet = { ...snapshot, running: [{ trial: aRunningTrial(7), quietMs: 125_000 }] };
    const frame = render(
      <Panel id="running" scene={{ ...scene(), snapshot: quiet }} width={60} height={4} theme={theme} />,
    );
    expect(frame.lastFrame()).toContain('quiet 2m 05s');
  });

  it('the best so far: a step line under a title that says it', () => {
    const panel = plainPanel('chart', { trials });
    expect(panel).toContain('Best mae 2.25');
    expect(panel).toContain('trial 3');
    expect(panel).toMatch(/3┤⠉/);
    expect(panel).toMatch(/2\.25┤ +⠘⠒+⢲│/);
  });

  it('trials: the best one and failed ones among them', () => {
    expect(plainPanel('trials', { trials }, 7).split('\n').slice(0, 6)).toEqual([
      '╭─ Trials ─────────────────────────────────── 4 ─╮',
      '│     #↑ state          mae    time        lr    │'.replace('     #↑', '    #↑').replace('    │', '     │'),
      '│     0 complete         3    1.0s     0.001     │',
      '│     1 failed                1.0s     0.002     │',
      '│     2 complete    2.3333    1.0s     0.003     │',
      '│>    3*complete      2.25    1.0s     0.004     │',
    ]);
  });

  it('parameters: the value in the best trial and what they weigh', () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      aTrial(i, { params: { lr: (i % 20) / 200 + 0.0001, layers: 1 + (i % 3), optimizer: 'adam' }, values: [i % 20] }),
    );
    const panel = plainPanel('parameters', { trials: many });
    expect(panel).toMatch(/trial 0 {2}importance/);
    expect(panel).toMatch(/│ lr +0\.0001 {2}█+ 100% │/);
  });

  it('parameters: no bars while nothing can be told', () => {
    const panel = plainPanel('parameters', { trials: [aTrial(0)] });
    expect(panel).not.toContain('%');
    expect(panel).toMatch(/optimizer +adam/);
  });

  it('the log: time, trial, text without what could harm the screen', () => {
    const panel = plainPanel('log', { log: ['first', '\u001B[2Jsecond\ttab'] });
    expect(panel).toMatch(/\d\d:\d\d:\d\d first/);
    expect(panel).toContain('second  tab');
  });

  it.each(['running', 'chart', 'trials', 'parameters', 'log'] as const)('%s says so when it is empty', (id) => {
    expect(plainPanel(id, {})).toMatch(/no trial|nothing has been said/);
  });
});

describe('the table draws its window only', () => {
  it.each([10, 5_000])('the same rows of %i trials', (count) => {
    const snapshot = aSnapshot({ trials: Array.from({ length: count }, (_, i) => aTrial(i)) });
    const { scene, press } = aController({ snapshot, columns: 120, rows: 20 });
    press('2', 'G');
    let reads = 0;
    const counted = scene().fields.map((field) => ({
      ...field,
      read: (trial: Parameters<typeof field.read>[0]) => {
        reads += 1;
        return field.read(trial);
      },
    }));
    const lines = tableLines({ ...scene(), fields: counted }, 118);
    const rows = Math.min(count, scene().tableRows);
    expect(lines).toHaveLength(1 + rows);
    expect(reads).toBeLessThanOrEqual(rows * counted.length);
    expect(frameOf(scene()).join('\n')).toContain(`${count - 1}*complete`);
  });
});

describe('a trial page', () => {
  const page = (trial: ReturnType<typeof aTrial>, study = aStudy()): string => {
    const snapshot = aSnapshot({ study, trials: [aTrial(0, { values: [0] }), trial] });
    const { scene, press } = aController({ snapshot, columns: 100, rows: 50 });
    press('G', 'enter');
    return frameOf(scene()).join('\n');
  };

  it('shows an error with its stack', () => {
    const text = page(aFailedTrial(1));
    expect(text).toContain('Error  threw');
    expect(text).toContain('at readShard (shards.ts:12:5)');
  });

  it('shows parameters with every digit, attributes, times, curve and how to use them', () => {
    const text = page(aTrial(1, { params: { lr: 0.012345678901234 }, attributes: { rows: 50_000, tags: ['a'] } }));
    expect(text).toContain('0.012345678901234');
    expect(text).toMatch(/tags +\["a"\]/);
    expect(text).toMatch(/took +1\.0s/);
    expect(text).toContain('Learning curve  dim: trial 0, the best so far');
    expect(text).toContain('use its parameters: assay best taxifare@1 --format json');
  });

  it('shows how to train a study on a table', () => {
    const study = aStudy();
    const definition = { ...study.definition!, facts: { dataset: '0123abcd' } };
    expect(page(aTrial(1), aStudy({ definition }))).toContain('train with its parameters: assay train taxifare@1');
  });

  it('shows a curve with NaN and infinities', () => {
    const values = [4, Number.NaN, Number.POSITIVE_INFINITY, 3];
    expect(page(aTrial(1, { reports: values.map((value, step) => ({ step, value })) }))).toContain('Learning curve');
  });
});

const odd: readonly GivenSnapshot[] = [
  { study: null, phase: { kind: 'opening' } },
  {},
  { trials, phase: { kind: 'stopped', reason: 'max-failures' }, goal: { kind: 'finished', count: 40 } },
  { trials: [aTrial(0, { values: [Number.POSITIVE_INFINITY] }), aTrial(1, { values: [Number.NEGATIVE_INFINITY] })] },
  {
    trials: [
      aRunningTrial(0, { reports: [{ step: 0, value: Number.NaN }], params: {} }),
      aRunningTrial(1, { reports: [] }),
    ],
  },
  { study: aStudy({ directions: ['maximize'], metrics: [] }), trials },
  {
    study: aStudy({ directions: ['minimize', 'maximize'], metrics: ['mae', 'speed'] }),
    trials: [aTrial(0, { values: [1, 2] }), aTrial(1, { values: [2, 3] }), aTrial(2, { values: [3, 1] })],
  },
  { study: aStudy({ directions: ['maximize', 'maximize'], metrics: [] }), trials: [aRunningTrial(0)] },
  {
    study: aStudy({ directions: ['minimize', 'maximize', 'minimize'], metrics: ['誤差', 'x'.repeat(40), 'size'] }),
    trials: Array.from({ length: 80 }, (_, i) =>
      aTrial(i, {
        values: [Math.sin(i), i === 7 ? Number.POSITIVE_INFINITY : Math.cos(i * 3), i / 7],
        constraints: [Math.sin(i * 5) - 0.5],
        note: { auto: 'gp' },
      }),
    ),
  },
  {
    study: aStudy({ name: '出租车费研究 🚕 '.repeat(12), metrics: ['a very long name of a metric '.repeat(5)] }),
    trials,
  },
  {
    study: aStudy({ definition: null }),
    trials: [aTrial(0, { params: { ['x'.repeat(300)]: 'y'.repeat(300), n: null } })],
  },
  { phase: { kind: 'crashed', message: 'disk\nfull' }, log: ['x'.repeat(1_000), '\u001B[31m\u0007\r\n'] },
  {
    trials: Array.from({ length: 300 }, (_, i) => (i < 250 ? aTrial(i) : aRunningTrial(i))),
    facts: Array.from({ length: 20 }, (_, i) => ({ label: `fact ${i}`, value: '出'.repeat(i) })),
    goal: { kind: 'added', count: 1_000 },
  },
];

describe('every frame', () => {
  const anyFrame = fc.record({
    given: fc.constantFrom(...odd),
    columns: fc.integer({ min: 20, max: 220 }),
    rows: fc.integer({ min: 5, max: 70 }),
    keys: fc.array(
      fc.constantFrom(
        '1',
        '2',
        '3',
        '4',
        '5',
        'c',
        'a',
        'i',
        '>',
        'R',
        'enter',
        'esc',
        '?',
        'tab',
        'down',
        'G',
        '/',
        'l',
        'x',
        'q',
        'p',
        'y',
      ),
    ),
    glyphs: fc.constantFrom('braille' as const, 'block' as const, 'ascii' as const),
  });

  it('has one row less than the terminal, none wider than it, and nothing that a terminal takes for a command', () => {
    fc.assert(
      fc.property(anyFrame, ({ given, columns, rows, keys, glyphs }) => {
        const { press, scene } = aController({ snapshot: aSnapshot(given), columns, rows, glyphs });
        press(...keys);
        const frame = frameOf(scene());
        expect(frame.length).toBe(rows - 1);
        for (const line of frame) {
          expect(cellWidth(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Extended_Pictographic}]/u);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is plain ASCII on a terminal that has nothing else', () => {
    const { press, scene } = aController({
      snapshot: aSnapshot({ trials, goal: { kind: 'finished', count: 9 } }),
      glyphs: 'ascii',
      columns: 120,
      rows: 40,
    });
    for (const keys of [['1'], ['3'], ['5'], ['enter'], ['esc', '?']]) {
      press(...keys);
      expect(frameOf(scene()).join('\n')).toMatch(/^[\n\x20-\x7e]*$/);
    }
  });

  it('marks no best among runs that confirm another study, and says so', () => {
    const study = aStudy();
    const confirming = { ...study, definition: { ...study.definition!, confirms: 'rides' } };
    const { scene, press } = aController({
      snapshot: aSnapshot({ study: confirming, trials }),
      columns: 100,
      rows: 35,
    });
    expect(frameOf(scene()).join('\n')).toContain('fresh runs of rides: none is best');
    press('5');
    expect(frameOf(scene()).join('\n')).not.toContain('undefined');
  });

  it('keeps the important at 60 x 15', () => {
    const { scene } = aController({
      snapshot: aSnapshot({ trials: [...trials, aRunningTrial(4)] }),
      columns: 60,
      rows: 15,
    });
    const text = frameOf(scene()).join('\n');
    for (const shown of [
      'taxifare',
      'running',
      'Running',
      'Trials',
      '^C stop after running trials',
      'resume any time with',
    ]) {
      expect(text).toContain(shown);
    }
  });
});

it('the glyph sets have as many parts as are drawn', () => {
  for (const { box } of Object.values(GLYPHS)) expect(Array.from(box)).toHaveLength(6);
});
