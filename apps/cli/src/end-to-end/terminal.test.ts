import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { assay, fixture, temporaryFolder } from '../testing/assay-process.js';
import { inState, storedTrials } from '../testing/stored-trials.js';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const BIN = path.resolve(import.meta.dirname, '../../bin/assay.js');

interface Terminal {
  readonly type: (key: string) => void;
  /** Waits until the screen shows all of this, and returns its lines. */
  readonly shows: (...texts: string[]) => Promise<string>;
}

/** A real terminal of 80 by 24 in which `assay` runs; afterwards its exit code is shown. */
function terminal(cwd: string, args: string): Terminal {
  const server = `assay-test-${path.basename(cwd)}`;
  const tmux = (...words: string[]): string =>
    execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...words], { encoding: 'utf8' });
  const assay = `env -u CI -u NO_COLOR -u npm_config_user_agent TERM=screen-256color LANG=C.UTF-8 '${process.execPath}' '${BIN}' ${args}`;
  tmux('-u', 'new-session', '-d', '-x', '80', '-y', '24', '-c', cwd, `${assay}; echo "exit code $?"; sleep 60`);
  onTestFinished(() => void tmux('kill-server'));
  const shows = async (...texts: string[]): Promise<string> => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const screen = tmux('capture-pane', '-p', '-t', '0');
      if (texts.every((text) => screen.includes(text))) return screen;
      await sleep(100);
    }
    throw new Error(`the screen never showed ${texts.join(', ')}:\n${tmux('capture-pane', '-p', '-t', '0')}`);
  };
  return { type: (key) => void tmux('send-keys', '-t', '0', key), shows };
}

describe.skipIf(!hasTmux)(`in a terminal${hasTmux ? '' : ' (skipped: tmux is not installed)'}`, () => {
  it('draws the dashboard in 80 by 24, and leaves a summary behind after q', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder();
    const { type, shows } = terminal(cwd, `run '${fixture('slow')}' --until 2 --workers 2 --seed 1`);
    const running = await shows('slow  minimize value', '2 running', 'seed 1', 'step');
    expect(running.trimEnd().split('\n').length).toBeLessThanOrEqual(24);
    await shows('2/2', 'complete', 'Best value');
    type('q');
    const left = await shows('exit code 0');
    expect(left).toContain('slow: 2 complete, 0 pruned, 0 failed');
    expect(left).not.toContain('╭');
    expect(inState(await storedTrials('slow', cwd), 'complete')).toHaveLength(2);
  });

  it('Ctrl-C twice stops the trials at their next report: exit code 130', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder();
    const { type, shows } = terminal(cwd, `run '${fixture('slow')}' --workers 1`);
    await shows('1 running', 'step');
    type('C-c');
    await shows('stop');
    type('C-c');
    await shows('exit code 130', 'resume: assay run');
    expect((await storedTrials('slow', cwd)).map(({ state }) => state)).toEqual(['failed', 'waiting']);
  });

  it('assay watch shows a study that is over, and goes with q', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder();
    await assay(['run', fixture('quick'), '--trials', '5', '--seed', '1'], { cwd });
    const { type, shows } = terminal(cwd, 'watch');
    await shows('quick  minimize loss', '5 finished');
    type('q');
    await shows('exit code 0');
  });
});
