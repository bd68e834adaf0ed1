import { describe, expect, it } from 'vitest';
import { aController, aSnapshot, RecordedControls } from '../testing/scenes.test.kit.js';
import { aFailedTrial, aRunningTrial, aStudy, aTrial } from '../testing/trials.test.kit.js';
import { KEY_BINDINGS } from './key-bindings.js';
import { chosenIndex } from './scene-queries.js';

const many = Array.from({ length: 50 }, (_, i) => (i % 10 === 9 ? aFailedTrial(i) : aTrial(i)));
const running = [aRunningTrial(50), aRunningTrial(51)];
const busy = aSnapshot({ trials: [...many, ...running] });
const over = aSnapshot({ trials: many, phase: { kind: 'stopped', reason: 'until' } });

describe('the table', () => {
  it('follows the tail until a person moves, and again after G', () => {
    const { press, scene, source } = aController({ snapshot: busy });
    const chosen = (): number | undefined => scene().rows[chosenIndex(scene())]?.number;
    expect(chosen()).toBe(49);
    press('up', 'up');
    expect(chosen()).toBe(47);
    source.show(aSnapshot({ trials: [...many, aTrial(52)] }));
    expect(chosen()).toBe(47);
    press('G');
    source.show(aSnapshot({ trials: [...many, aTrial(52), aTrial(53)] }));
    expect(chosen()).toBe(53);
    press('g');
    expect(chosen()).toBe(0);
    press('pagedown');
    expect(chosen()).toBe(scene().tableRows - 1);
  });

  it('keeps the chosen row in the window', () => {
    const { press, scene } = aController({ snapshot: busy });
    for (const key of ['g', 'down', 'pagedown', 'pageup', 'end', 'pageup', 'k', 'j', 'home', '>', 'end']) {
      press(key);
      const { state, tableRows } = scene();
      expect(chosenIndex(scene())).toBeGreaterThanOrEqual(state.top);
      expect(chosenIndex(scene())).toBeLessThan(state.top + tableRows);
    }
  });

  it('sorts by the column beside, values best first, and reverses', () => {
    const maximized = aSnapshot({ study: aStudy({ directions: ['maximize'] }), trials: many });
    const { press, scene } = aController({ snapshot: maximized });
    press('>', '>');
    expect(scene().state.sort).toEqual({ by: 'mae', descending: true });
    expect(scene().rows[0]?.number).toBe(0);
    press('R');
    expect(scene().rows[0]?.number).toBe(48);
    press('<', '<');
    expect(scene().state.sort).toEqual({ by: '#', descending: false });
    press('<');
    expect(scene().state.sort.by).toBe('optimizer.sgd.momentum');
  });

  it('filters while one types, keeps it with Enter, clears it with Esc', () => {
    const { press, scene } = aController({ snapshot: busy });
    press('/', ...'state=failedx', 'backspace');
    expect(scene().state.filter).toBe('state=failed');
    expect(scene().rows.map(({ number }) => number)).toEqual([9, 19, 29, 39, 49]);
    press('enter', 'q');
    expect(scene().state).toMatchObject({ filter: 'state=failed', isTyping: false, question: { kind: 'quit' } });
    press('n', 'esc');
    expect(scene().rows).toHaveLength(50);
  });

  it('opens the chosen trial, walks to its neighbours and comes back', () => {
    const { press, scene } = aController({ snapshot: busy });
    press('up', 'enter');
    expect(scene().state).toMatchObject({ screen: 'trial', opened: 48 });
    press('right', 'right');
    expect(scene().state.opened).toBe(49);
    expect(scene().state.notice?.text).toBe('this is the last');
    press('left', 'left', 'esc');
    expect(scene().state).toMatchObject({ screen: 'overview', chosen: 47 });
  });

  it('an open trial goes on being shown when it ends', () => {
    const { press, scene, source } = aController({ snapshot: busy });
    press('tab', 'enter');
    expect(scene().state.opened).toBe(50);
    source.show(aSnapshot({ trials: [...many, aTrial(50)] }));
    expect(
      scene()
        .page.flat()
        .some(({ text }) => text === 'complete'),
    ).toBe(true);
  });
});

describe('Ctrl-C', () => {
  it('stops in three steps and says each time what the next one does', () => {
    const controls = new RecordedControls();
    const { press, scene, exits } = aController({ snapshot: busy, controls });
    const hint = KEY_BINDINGS.find(({ keys }) => keys.includes('ctrl+c'))!.hint!;
    expect(hint(scene())).toBe('stop after running trials');
    press('ctrl+c');
    expect(hint(scene())).toBe('stop trials at next report');
    press('ctrl+c');
    expect(hint(scene())).toBe('leave at once');
    expect(exits).toEqual([]);
    press('ctrl+c');
    expect(controls.asked).toEqual(['stop finish-running', 'stop at-next-report']);
    expect(exits).toEqual(['abort']);
  });

  it('closes the screen by itself once what it stopped has ended', () => {
    const { press, source, exits } = aController({ snapshot: busy });
    press('ctrl+c');
    source.show(aSnapshot({ trials: many, phase: { kind: 'stopped', reason: 'interrupted' } }));
    expect(exits).toEqual(['stopped']);
  });

  it('works while a filter is typed, while a question is open and on every screen', () => {
    for (const before of [['/', 'a'], ['q'], ['?'], ['enter']]) {
      const controls = new RecordedControls();
      const { press } = aController({ snapshot: busy, controls });
      press(...before, 'ctrl+c');
      expect(controls.asked).toEqual(['stop finish-running']);
    }
  });
});

describe('quitting', () => {
  it('asks while the study runs: q again stops it, any other key goes on', () => {
    const controls = new RecordedControls();
    const { press, scene, exits } = aController({ snapshot: busy, controls });
    press('q', 'n');
    expect(controls.asked).toEqual([]);
    press('q', 'q');
    expect(controls.asked).toEqual(['stop finish-running']);
    press('q');
    expect(scene().state.notice?.text).toContain('already stopping');
    expect(exits).toEqual([]);
  });

  it.each([
    { name: 'the study is over', snapshot: over, controls: new RecordedControls() },
    { name: 'it is only watched', snapshot: busy, controls: null },
  ])('needs no question when $name', ({ snapshot, controls }) => {
    for (const key of ['q', 'ctrl+c']) {
      const { press, exits } = aController({ snapshot, controls });
      press(key);
      expect(exits).toEqual(['quit']);
    }
  });

  it('the screen stays when a study ends by itself', () => {
    const { source, exits } = aController({ snapshot: busy });
    source.show(over);
    expect(exits).toEqual([]);
  });
});

describe('pausing and stopping a trial', () => {
  it('pauses and resumes', () => {
    const controls = new RecordedControls();
    const { press, source } = aController({ snapshot: busy, controls });
    press('p');
    source.show(aSnapshot({ trials: many, phase: { kind: 'paused' } }));
    press('p');
    expect(controls.asked).toEqual(['pause', 'resume']);
  });

  it.each([['x'], ['y'], ['enter']])('stops the chosen running trial after a yes (%s)', (yes) => {
    const controls = new RecordedControls();
    const { press, scene } = aController({ snapshot: busy, controls });
    press('tab', 'down', 'x');
    expect(scene().state.question).toEqual({ kind: 'stop-trial', number: 51 });
    press(yes);
    expect(controls.asked).toEqual(['stop trial 51']);
  });

  it('does not stop it after anything else, or when it has ended meanwhile', () => {
    const controls = new RecordedControls();
    const { press, scene, source } = aController({ snapshot: busy, controls });
    press('tab', 'x', 'n', 'x');
    source.show(aSnapshot({ trials: [...many, aTrial(50), aRunningTrial(51)] }));
    press('x');
    expect(controls.asked).toEqual([]);
    expect(scene().state.notice?.text).toBe('trial 50 has ended by itself');
  });

  it.each([
    { name: 'watching', snapshot: busy, controls: null, key: 'p', why: 'this screen only watches' },
    { name: 'watching', snapshot: busy, controls: null, key: 'x', why: 'this screen only watches' },
    { name: 'over', snapshot: over, controls: new RecordedControls(), key: 'p', why: 'the study is stopped' },
    { name: 'over', snapshot: over, controls: new RecordedControls(), key: 'x', why: 'no trial is running' },
    { name: 'in the table', snapshot: busy, controls: new RecordedControls(), key: 'x', why: 'Tab goes to' },
    { name: 'empty', snapshot: aSnapshot(), controls: new RecordedControls(), key: 'y', why: 'no trial is complete' },
    { name: 'empty', snapshot: aSnapshot(), controls: new RecordedControls(), key: 'enter', why: 'no trial to open' },
  ])('a disabled key says why: $key, $name', ({ snapshot, controls, key, why }) => {
    const { press, scene } = aController({ snapshot, controls });
    press(key);
    expect(scene().state.notice?.text).toContain(why);
    expect(scene().state.question).toBeNull();
  });
});

describe('copying', () => {
  it('copies the best, and shows the command that prints the same', () => {
    const { press, scene, copied } = aController({ snapshot: busy });
    press('y');
    expect(copied).toEqual([JSON.stringify(aTrial(48).params)]);
    expect(scene().state.notice?.command).toBe('assay best taxifare --format args');
  });

  it('copies the open trial; a name that a shell would read otherwise is quoted', () => {
    const study = aStudy({ name: "l'été 出租车" });
    const { press, scene, copied } = aController({ snapshot: aSnapshot({ study, trials: many }) });
    press('g', 'enter', 'y');
    expect(copied).toEqual([JSON.stringify(aTrial(0).params)]);
    expect(scene().state.notice?.command).toBe("assay best 'l'\\''été 出租车@0' --format args");
  });
});

describe('the help', () => {
  const texts = (lines: readonly (readonly { readonly text: string }[])[]): string =>
    lines.map((line) => line.map(({ text }) => text).join('')).join('\n');

  it('is searched while one types; Enter keeps, Esc clears, Esc again goes back', () => {
    const { press, scene } = aController({ snapshot: busy });
    press('?', '/', ...'clipboardx', 'backspace');
    expect(texts(scene().page)).toContain('copy the parameters');
    expect(texts(scene().page)).not.toContain('pause (running');
    expect(scene().state).toMatchObject({ filter: '', isTyping: true });
    press('enter');
    expect(scene().state).toMatchObject({ sought: 'clipboard', isTyping: false });
    press('/', 'esc');
    expect(texts(scene().page)).toContain('pause (running');
    press('/', ...'xyz', 'enter', 'esc', '?');
    expect(scene().state).toMatchObject({ screen: 'help', sought: '' });
  });

  it('says when no key does that', () => {
    const { press, scene } = aController({ snapshot: busy });
    press('?', '/', ...'teleport');
    expect(texts(scene().page)).toContain('no key is said to do that');
  });
});

describe('the table of keys', () => {
  it('gives no key two meanings on one screen', () => {
    for (const screen of ['overview', 'trial', 'help'] as const) {
      const keys = KEY_BINDINGS.filter(({ on }) => on.includes(screen)).flatMap((binding) => binding.keys);
      expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    }
  });

  it('no key fails on any screen, however empty the study', () => {
    const everyKey = KEY_BINDINGS.flatMap(({ keys }) => keys);
    for (const snapshot of [aSnapshot({ study: null, phase: { kind: 'opening' } }), aSnapshot(), busy, over]) {
      for (const screen of [[], ['?'], ['enter'], ['2'], ['4', 'tab'], ['5']]) {
        const { press, scene } = aController({ snapshot });
        press(...screen, ...everyKey, ...everyKey);
        expect(scene().layout.columns).toBe(80);
      }
    }
  });
});
