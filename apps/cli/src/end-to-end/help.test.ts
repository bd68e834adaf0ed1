import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PRUNER_NAMES } from '@assay/pruner';
import { SAMPLER_NAMES } from '@assay/sampler';
import { describe, expect, it } from 'vitest';
import { assay, temporaryFolder } from '../testing/assay-process.js';

/** Every module that a run of the command loads: a loader hook writes their URLs, on the hooks' own thread. */
const HOOKS = `
import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(process.env.LOADED_MODULES, url + '\\n');
  return next(url, context);
}`;

async function modulesOf(args: readonly string[]): Promise<{ readonly stdout: string; readonly modules: string[] }> {
  const cwd = temporaryFolder();
  const hooks = path.join(cwd, 'hooks.mjs');
  const list = path.join(cwd, 'modules.txt');
  writeFileSync(hooks, HOOKS);
  writeFileSync(list, '');
  const register = `data:text/javascript,import{register}from'node:module';register('${pathToFileURL(hooks).href}')`;
  const { code, stdout } = await assay(args, {
    cwd,
    env: { LOADED_MODULES: list },
    nodeOptions: ['--import', register],
  });
  expect(code).toBe(0);
  return { stdout, modules: (await import('node:fs')).readFileSync(list, 'utf8').trimEnd().split('\n') };
}

const packagesIn = (modules: readonly string[]): string[] =>
  modules.flatMap(
    (url) => /\/node_modules\/(?!\.pnpm\/)((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url)?.[1] ?? [],
  );

describe('assay --help', () => {
  it('loads commander and nothing else that was installed', async () => {
    const { modules } = await modulesOf(['--help']);
    expect(modules.some((url) => url.endsWith('/dist/main.js'))).toBe(true);
    expect(new Set(packagesIn(modules))).toEqual(new Set(['commander']));
    expect(modules.filter((url) => /\/(packages|apps\/dashboard)\//.test(url))).toEqual([]);
    expect(modules.length).toBeLessThan(25);
  });

  it('run: names every sampler and pruner there is, within 80 columns', async () => {
    const { stdout, modules } = await modulesOf(['run', '--help']);
    const words = stdout.replace(/\s+/g, ' ');
    expect(words).toContain(`--sampler <spec> ${SAMPLER_NAMES.join(', ')};`);
    for (const name of PRUNER_NAMES) expect(words).toMatch(new RegExp(`--pruner <spec> [^-]*\\b${name}\\b`));
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(new Set(packagesIn(modules))).toEqual(new Set(['commander']));
  });

  it('reading a store loads neither the screen nor an engine', async () => {
    const { modules } = await modulesOf(['data', 'generate', 'taxifare', '--rows', '1', '--out', '-']);
    expect(packagesIn(modules).filter((name) => /^(ink|react|onnxruntime|@tensorflow)/.test(name))).toEqual([]);
  });

  it.each([
    ['confirm'],
    ['worker'],
    ['watch'],
    ['studies'],
    ['trials'],
    ['best'],
    ['importance'],
    ['train'],
    ['predict'],
  ])('%s', async (command) => {
    const { stdout } = await modulesOf([command, '--help']);
    expect(stdout).toContain(`Usage: assay ${command}`);
  });
});
