import { existsSync } from 'node:fs';
import { link, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineInstall } from './commands/engine-install.js';
import { runNativeBuild } from './native-build.js';

const MANIFEST = '{ "name": "some-native-package" }\n';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-native-build-'));
  await writeFile(path.join(folder, 'package.json'), MANIFEST);
});
afterEach(() => rm(folder, { recursive: true }));

async function build(
  command: string,
  variables: NodeJS.ProcessEnv = {},
): Promise<{ failure: string | null; output: string }> {
  const out = new PassThrough({ encoding: 'utf8' });
  const failure = await runNativeBuild({ folder, command, variables }, out);
  return { failure, output: out.read() ?? '' };
}

const script = (text: string): string => `node -e "${text}"`;

describe('the build script of a native package', () => {
  it('runs in the package, and what it prints is passed on', async () => {
    const { failure, output } = await build(script(`console.log('fetching'); require('fs').mkdirSync('deps')`));
    expect(failure).toBe(null);
    expect(output).toBe('fetching\n');
    expect(existsSync(path.join(folder, 'deps'))).toBe(true);
  });

  it('gets the variables that are meant for it', async () => {
    expect((await build(script(`console.log(process.env.LIBRARY_PATH)`), { LIBRARY_PATH: '/a/b' })).output).toBe(
      '/a/b\n',
    );
  });

  it('that fails is told by its error', async () => {
    const { failure } = await build(script(`throw new RangeError('no such host')`));
    expect(failure).toBe('RangeError: no such host');
  });

  it('that says nothing of an error is told by its last lines', async () => {
    const { failure } = await build(script(`console.log('404 Not Found'); process.exit(3)`));
    expect(failure).toContain('code 3');
    expect(failure).toContain('404 Not Found');
  });

  it('may edit its manifest: neither that nor the package manager’s link to it is changed in the end', async () => {
    const manifest = path.join(folder, 'package.json');
    const stored = path.join(folder, 'stored.json');
    await link(manifest, stored);
    const { failure } = await build(script(`require('fs').writeFileSync('package.json', '{}')`));
    expect(failure).toBe(null);
    expect(await readFile(manifest, 'utf8')).toBe(MANIFEST);
    expect(await readFile(stored, 'utf8')).toBe(MANIFEST);
  });
});

it('assay engine install knows two engines', async () => {
  await expect(engineInstall('torch')).rejects.toMatchObject({
    code: 'BAD_OPTION',
    hint: expect.stringContaining('tensorflow-gpu'),
  });
});
