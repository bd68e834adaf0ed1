import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { formatBytes } from '../format/number.js';
import { chooseWorkers } from '../worker-choice.js';
import type { Check } from './check.js';

/** The oldest Node that every dependency accepts. */
const OLDEST_NODE = [20, 19] as const;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const fits = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  const detail = `${version} on ${process.platform} ${process.arch}`;
  return {
    name: 'node',
    state: fits ? 'ok' : 'broken',
    required: true,
    detail: fits ? detail : `${detail}; ${OLDEST_NODE.join('.')} or newer is needed`,
  };
}

export function checkMachine(): Check {
  const { workers, why } = chooseWorkers(null);
  const memory = `${formatBytes(totalmem())} memory, ${formatBytes(freemem())} free`;
  const detail = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory}; ${workers} workers: ${why}`;
  return { name: 'machine', state: 'ok', required: false, detail };
}

/** What the dashboard needs of a terminal; lines are printed otherwise. */
export function checkTerminal(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Check {
  const reason = whyPlain(stream, env);
  const colors = stream.isTTY ? `${2 ** stream.getColorDepth(env)} colors` : '';
  return {
    name: 'terminal',
    state: reason === null ? 'ok' : 'missing',
    required: false,
    detail:
      reason === null
        ? `${stream.columns}x${stream.rows}, ${colors}, TERM=${env.TERM ?? ''}`
        : `runs print lines instead of the dashboard: ${reason}`,
  };
}

function whyPlain(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): string | null {
  if (!stream.isTTY) return 'the output is no terminal';
  if (env.CI !== undefined && env.CI !== '') return 'CI is set';
  return env.TERM === 'dumb' ? 'TERM is dumb' : null;
}
