import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

const BIN = path.resolve(import.meta.dirname, '../../bin/assay.js');

export interface AssayOptions {
  /** The folder that the command runs in. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from stdin. Default: nothing. */
  readonly input?: string | Buffer;
  /** Options of node itself. */
  readonly nodeOptions?: readonly string[];
  /** A command that runs the words after its own, such as `nice`. Default: none. */
  readonly under?: readonly string[];
}

export interface AssayResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command in a process of its own. */
export interface AssayProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<AssayResult>;
  /** Resolves when stderr has said this; rejects when the process ends without it. */
  readonly said: (text: string | RegExp, times?: number) => Promise<void>;
}

/** Those that a test has not waited for, because it failed first. */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts `assay` without a terminal. Nothing of this machine's settings for it is passed on. */
export function startAssay(
  args: readonly string[],
  { cwd, env = {}, input, nodeOptions = [], under = [] }: AssayOptions,
): AssayProcess {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  const [program = process.execPath, ...words] = [...under, process.execPath, ...nodeOptions, BIN, ...args];
  const child = spawn(program, words, {
    cwd,
    env: { PATH, HOME, TMPDIR, LANG, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  let [stdout, stderr] = ['', ''];
  const heard = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const listener of heard) listener();
  });
  child.stdin.on('error', () => undefined); // a command that refuses at once reads nothing
  child.stdin.end(input);
  const ended = new Promise<AssayResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const said = (text: string | RegExp, times = 1): Promise<void> => {
    const pattern = typeof text === 'string' ? text : new RegExp(text, 'g');
    const count = (): number => stderr.split(pattern).length - 1;
    return new Promise((resolve, reject) => {
      const listener = (): void => {
        if (count() < times) return;
        heard.delete(listener);
        resolve();
      };
      heard.add(listener);
      ended.then(() => reject(new Error(`assay ended without saying ${String(text)}:\n${stderr}`)), reject);
      listener();
    });
  };
  return { child, ended, said };
}

/** Runs `assay` to its end. */
export function assay(args: readonly string[], options: AssayOptions): Promise<AssayResult> {
  return startAssay(args, options).ended;
}

/** A study file among the fixtures. */
export function fixture(name: string): string {
  return path.resolve(import.meta.dirname, `../fixtures/${name}.study.ts`);
}

/** An empty folder outside of the repository. */
export function newFolder(): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), 'assay-cli-')));
}

/** The same, gone after the test. @param atEnd a concurrent test gives its own `onTestFinished` */
export function temporaryFolder(atEnd: (clean: () => void) => void = onTestFinished): string {
  const folder = newFolder();
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
