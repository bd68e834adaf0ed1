import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryStudyStore, StudyControls } from '@assay/study';
import { describe, expect, it, onTestFinished } from 'vitest';
import { liveSource } from './data/live-source.js';
import { storeSource } from './data/store-source.js';
import { runDashboard } from './run-dashboard.js';
import { openDemoStudy, runDemoStudy } from './testing/demo-study.test.kit.js';
import { HeadlessTerminal } from './testing/headless-terminal.test.kit.js';
import { aSnapshot, handSource, RecordedControls } from './testing/scenes.test.kit.js';
import { aFailedTrial, aRunningTrial, aTrial } from './testing/trials.test.kit.js';

const ESC = '\u001B';
const trials = [
  ...Array.from({ length: 60 }, (_, i) => (i % 9 === 8 ? aFailedTrial(i) : aTrial(i))),
  aRunningTrial(60),
];
const goal = { kind: 'finished', count: 80 } as const;
const busy = aSnapshot({ trials, goal, log: ['first line', 'last line'] });

/** A dashboard in a terminal emulator. */
async function open(columns: number, rows: number, given: Partial<Parameters<typeof runDashboard>[0]> = {}) {
  const terminal = new HeadlessTerminal(columns, rows);
  const source = handSource(busy);
  const controls = new RecordedControls();
  const { stdout, stdin } = terminal;
  const env = { TERM: 'xterm-256color', LANG: 'en_US.UTF-8' };
  const paramsText = JSON.stringify;
  const left = runDashboard({ source, controls, stdout, stdin, env, paramsText, ...given });
  await terminal.until((text) => text.includes('^C'));
  await terminal.settled();
  const quit = async () => {
    source.show(aSnapshot({ trials, phase: { kind: 'stopped', reason: 'until' } }));
    await terminal.type('q');
    return await left;
  };
  return { terminal, source, controls, left, quit };
}

/** Listens to Node's warnings alone, for the time of a test. Returns those that it gets. */
function warningListener(): readonly string[] {
  const others = process.rawListeners('warning') as ((warning: Error) => void)[];
  const warnings: string[] = [];
  const listen = ({ message }: Error): void => void warnings.push(message);
  process.removeAllListeners('warning').on('warning', listen);
  onTestFinished(() => {
    process.off('warning', listen);
    for (const other of others) process.on('warning', other);
  });
  return warnings;
}

/** What wipes a screen or its scrollback. */
const clears = (bytes: string): number =>
  [`${ESC}[2J`, `${ESC}[3J`, `${ESC}c`].reduce((n, clear) => n + bytes.split(clear).length - 1, 0);

describe('full frames', () => {
  it.each([
    { columns: 80, rows: 24, shown: ['Running', 'Best mae', 'Trials', 'Parameters'] },
    { columns: 120, rows: 40, shown: ['Running', 'Best mae', 'Trials', 'Parameters', 'Log', 'last line'] },
    { columns: 200, rows: 60, shown: ['Running', 'Best mae', 'Trials', 'Parameters', 'Log', 'reports', 'reason'] },
    { columns: 60, rows: 15, shown: ['Running', 'Trials'] },
  ])('at $columns x $rows: $shown, the last row left free', async ({ columns, rows, shown }) => {
    const { terminal, quit } = await open(columns, rows);
    for (const text of ['taxifare', '54/80', '^C stop after running trials', 'resume any time', ...shown]) {
      expect(terminal.text()).toContain(text);
    }
    expect(terminal.lines().at(-1)).toBe('');
    expect(terminal.lines().at(-2)).not.toBe('');
    await quit();
  });

  it('no frame scrolls the terminal or clears it', async () => {
    const { terminal, source, quit } = await open(80, 24);
    const entering = clears(terminal.bytes);
    for (let number = 61; number < 73; number++) {
      source.show(aSnapshot({ trials: [...trials, aTrial(number)], goal }));
      await terminal.settled();
    }
    expect(clears(terminal.bytes)).toBe(entering);
    expect(terminal.terminal.buffer.active.baseY).toBe(0);
    expect(terminal.lines()[0]).toContain('taxifare');
    await quit();
  });

  it('writes nothing when nothing has changed, and only the rows that have', async () => {
    const { terminal, source, quit } = await open(120, 40);
    const before = terminal.bytes.length;
    source.show({ ...busy });
    await terminal.settled();
    expect(terminal.bytes.length).toBe(before);
    source.show({ ...busy, progress: { ...busy.progress, elapsedMs: 3_601_000 } });
    await terminal.settled();
    expect(terminal.bytes.length - before).toBeLessThan(300);
    expect(terminal.lines()[0]).toContain('running 1h 00m');
    await quit();
  });

  it('fills the new size after every resize, with nothing left of the old one', async () => {
    const { terminal, quit } = await open(120, 40);
    for (const [columns, rows] of [
      [80, 24],
      [200, 60],
      [60, 15],
      [40, 9],
      [80, 24],
    ] as const) {
      terminal.resize(columns, rows);
      await terminal.settled();
      const fresh = await open(columns, rows);
      expect(terminal.lines()).toEqual(fresh.terminal.lines());
      await fresh.quit();
    }
    expect(terminal.bytes).not.toContain(`${ESC}[3J`);
    await quit();
  });

  it('a line that native code writes is gone after Ctrl-L, and shifts nothing before', async () => {
    const { terminal, quit } = await open(80, 24);
    const clean = terminal.lines();
    terminal.terminal.write('native library: a warning\n');
    await terminal.settled();
    expect(terminal.lines().slice(1)).toEqual(clean.slice(1));
    await terminal.type('\u000C');
    expect(terminal.lines()).toEqual(clean);
    await quit();
  });
});

describe('what this process writes to the terminal itself', () => {
  it('is said in the log instead, and written when the screen is gone', async () => {
    const stderr = new HeadlessTerminal(80, 24).stdout;
    const warnings = warningListener();
    const { terminal, source, quit } = await open(80, 24, { stderr });
    const clean = terminal.lines();
    terminal.stdout.write('one\ntwo, unfini');
    terminal.stdout.write(Buffer.from('shed\n10%\r100%\n\n'));
    await new Promise<void>((done) => void stderr.write('careful\n', 'utf8', () => done()));
    process.emitWarning('old', 'DeprecationWarning');
    await terminal.settled();
    expect(terminal.lines()).toEqual(clean);
    expect(source.said).toEqual([
      'info one',
      'info two, unfinished',
      'info 100%',
      'warning careful',
      'warning DeprecationWarning: old',
    ]);
    await quit();
    await terminal.settled();
    expect(terminal.bytes.endsWith('one\ntwo, unfinished\n10%\r100%\n\n')).toBe(true);
    expect(terminal.text()).toContain('unfinished');
    expect(warnings).toEqual(['old']);
  });

  it('goes where it always went before and after', async () => {
    const stderr = new HeadlessTerminal(80, 24);
    const listeners = process.rawListeners('warning');
    const { quit, terminal } = await open(80, 24, { stderr: stderr.stdout });
    expect(process.rawListeners('warning')).not.toEqual(listeners);
    await quit();
    expect(process.rawListeners('warning')).toEqual(listeners);
    stderr.stdout.write('afterwards');
    terminal.stdout.write('afterwards');
    expect(stderr.bytes).toBe('afterwards');
    expect(terminal.bytes.endsWith('afterwards')).toBe(true);
  });
});

describe('keys', () => {
  it('arrive as a terminal sends them: filter with 0x7F as backspace, sort, open, back', async () => {
    const { terminal, quit } = await open(120, 40);
    await terminal.type('/state=failedx\u007F');
    expect(terminal.text()).toContain('/ state=failed_');
    expect(terminal.text()).toContain('6 of 60');
    await terminal.type('\r');
    await terminal.type(`${ESC}[B`);
    await terminal.type('\r');
    expect(terminal.text()).toContain('Trial 17  failed');
    expect(terminal.text()).toContain('at readShard (shards.ts:12:5)');
    await terminal.type(ESC);
    await terminal.type(ESC);
    await terminal.type('>>');
    expect(terminal.text()).toContain('mae↑');
    await terminal.type('?');
    expect(terminal.text()).toContain('clear the filter');
    await terminal.type('q');
    await quit();
  });

  it('pause, stop a trial, copy', async () => {
    const { terminal, controls, quit } = await open(80, 24);
    await terminal.type('p');
    await terminal.type('\t');
    await terminal.type('x');
    expect(terminal.text()).toContain('Stop trial 60?');
    await terminal.type('x');
    expect(controls.asked).toEqual(['pause', 'stop trial 60']);
    await terminal.type('y');
    const copied = Buffer.from(JSON.stringify(aTrial(59).params)).toString('base64');
    expect(terminal.bytes).toContain(`${ESC}]52;c;${copied}\u0007`);
    expect(terminal.text()).toContain('same as: assay best taxifare --format args');
    await quit();
  });

  it('the third Ctrl-C leaves at once', async () => {
    const { terminal, controls, left } = await open(80, 24);
    await terminal.type('\u0003');
    await terminal.type('\u0003\u0003');
    expect(await left).toEqual({ exit: 'abort' });
    expect(controls.asked).toEqual(['stop finish-running', 'stop at-next-report']);
  });

  it('without a terminal on stdin the screen is drawn all the same', async () => {
    const closing = new AbortController();
    const stdin = Object.assign(new HeadlessTerminal(1, 1).stdin, { isTTY: false });
    const { terminal, left } = await open(80, 24, { stdin, signal: closing.signal });
    expect(terminal.text()).toContain('taxifare');
    closing.abort();
    expect(await left).toEqual({ exit: 'quit' });
  });
});

describe('the terminal afterwards', () => {
  it('has its screen, its cursor and its cooked mode back', async () => {
    const { terminal, quit } = await open(80, 24);
    expect(terminal.terminal.buffer.active.type).toBe('alternate');
    expect(terminal.rawModes).toEqual([true]);
    expect(await quit()).toEqual({ exit: 'quit' });
    await terminal.settled();
    expect(terminal.terminal.buffer.active.type).toBe('normal');
    expect(terminal.text().trim()).toBe('');
    expect(terminal.bytes.endsWith(`${ESC}[?7h${ESC}[?25h${ESC}[?1049l`)).toBe(true);
    expect(terminal.rawModes).toEqual([true, false]);
  });

  it('keeps the last frame on the main screen when that was drawn on, and the lines before it above', async () => {
    const terminal = new HeadlessTerminal(80, 24);
    terminal.stdout.write('$ assay run taxifare\r\n');
    const { stdout, stdin } = terminal;
    const source = handSource(busy);
    const left = runDashboard({ source, controls: null, stdout, stdin, paramsText: JSON.stringify, altScreen: false });
    await terminal.until((text) => text.includes('^C'));
    await terminal.type('q');
    await left;
    await terminal.settled();
    expect(terminal.text()).toContain('Trials');
    expect(terminal.terminal.buffer.active.getLine(0)?.translateToString(true)).toBe('$ assay run taxifare');
  });

  it.each([
    { name: 'drawing', broken: { progress: null } },
    { name: 'sorting trials', broken: { best: null } },
  ])('is left in order when $name throws', async ({ broken }) => {
    const { terminal, source, left } = await open(80, 24);
    source.show({ ...busy, ...broken } as unknown as typeof busy);
    await expect(left).rejects.toThrow(/null/);
    await terminal.settled();
    expect(terminal.terminal.buffer.active.type).toBe('normal');
    expect(terminal.rawModes).toEqual([true, false]);
  });
});

describe('a study from its start to its end', () => {
  it('live: every trial is counted, the summary is right, q leaves', async () => {
    const study = await openDemoStudy();
    const controls = new StudyControls();
    const source = liveSource({ facts: [{ label: 'data', value: 'made up' }], goal: { kind: 'finished', count: 12 } });
    study.subscribe(source.listener);
    const { terminal, left } = await open(120, 40, { source, controls });
    await runDemoStudy(study, controls, 12, 1);
    await terminal.until((text) => text.includes('all trials done'));
    expect(terminal.text()).toContain('12/12');
    expect(terminal.text()).toContain('1 failed');
    await terminal.type('q');
    expect(await left).toEqual({ exit: 'quit' });
    source.close();
  });

  it('live: Ctrl-C stops it, the running trials finish, the screen closes', async () => {
    const study = await openDemoStudy();
    const controls = new StudyControls();
    const source = liveSource({ facts: [], goal: { kind: 'finished', count: 1_000 } });
    study.subscribe(source.listener);
    const { terminal, left } = await open(80, 24, { source, controls });
    const run = runDemoStudy(study, controls, 1_000, 1);
    await terminal.until((text) => /[1-9]\d*\/1000/.test(text));
    await terminal.type('\u0003');
    expect(await left).toEqual({ exit: 'stopped' });
    expect(await run).toBe('interrupted');
    expect((await study.trials()).every(({ state }) => state !== 'running')).toBe(true);
    source.close();
  });

  it('watched: the store is enough', async () => {
    const store = new MemoryStudyStore();
    const study = await openDemoStudy(store);
    const run = runDemoStudy(study, new StudyControls(), 5, 1);
    const source = storeSource(store, 'demo', { pollMs: 20 });
    const { terminal, left } = await open(80, 24, { source, controls: null });
    await run;
    await terminal.until((text) => text.includes('nothing runs') && text.includes('5 finished'));
    await terminal.type('p');
    expect(terminal.text()).toContain('this screen only watches');
    await terminal.type('\u0003');
    expect(await left).toEqual({ exit: 'quit' });
    source.close();
    await sleep(30);
  });
});
