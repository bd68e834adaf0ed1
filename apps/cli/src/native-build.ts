import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';

/** Of a failed build's output, what its error shows. */
const SHOWN_LINES = 12;

/** A command that makes a package's native parts, in the package's folder. */
export interface NativeBuild {
  readonly folder: string;
  /** For the shell. */
  readonly command: string;
  /** Beside those of this process. */
  readonly variables?: NodeJS.ProcessEnv;
}

/**
 * Runs a build, with its output on `out`. The package's manifest is the same afterwards.
 * @returns null, or the end of the output of a build that failed
 */
export async function runNativeBuild(build: NativeBuild, out: Writable): Promise<string | null> {
  const manifest = path.join(build.folder, 'package.json');
  const content = await readFile(manifest);
  // The script edits its manifest, which may be one file with that of the package manager's store: give it a copy.
  await replaceFile(manifest, content);
  try {
    return await runShell(build, out);
  } finally {
    await replaceFile(manifest, content);
  }
}

async function replaceFile(file: string, content: Uint8Array): Promise<void> {
  await writeFile(`${file}.tmp`, content);
  await rename(`${file}.tmp`, file);
}

function runShell({ folder: cwd, command, variables }: NativeBuild, out: Writable): Promise<string | null> {
  return new Promise((done) => {
    const env = { ...buildEnvironment(cwd), ...variables };
    const child = spawn(command, { cwd, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-20_000);
        out.write(text);
      });
    }
    child.on('error', (error) => done(error.message));
    child.on('close', (code, signal) => done(code === 0 ? null : describeEnd(output, signal ?? `code ${code}`)));
  });
}

/** As a package manager runs build scripts: its tools on the path, and Node's headers where they came with Node. */
function buildEnvironment(folder: string): NodeJS.ProcessEnv {
  const bin = path.join(folder, 'node_modules', '.bin');
  const prefix = path.dirname(path.dirname(process.execPath));
  const headers = existsSync(path.join(prefix, 'include', 'node', 'node.h'));
  return {
    ...process.env,
    PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`,
    ...(headers && { npm_config_nodedir: prefix }),
  };
}

function describeEnd(output: string, how: string): string {
  const reason = /^(?:Uncaught )?(?:\w*Error|gyp ERR! stack Error): .*$/m.exec(output)?.[0];
  return reason ?? `it ended with ${how}, last saying:\n${output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')}`;
}
