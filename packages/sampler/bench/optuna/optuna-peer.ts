import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ParamValues } from '@assay/space';
import type { StartSearch } from '../simulation/searcher.js';

/** Samplers of Optuna that the peer can run; `noisy-gp` is the one that does not take losses for exact. */
export const OPTUNA_SAMPLERS = ['tpe', 'gp', 'noisy-gp', 'random', 'nsga-ii'] as const;
export type OptunaSampler = (typeof OPTUNA_SAMPLERS)[number];

interface Reply {
  readonly version?: string;
  readonly number?: number;
  readonly params?: ParamValues;
  /** Processor time that Optuna took. */
  readonly seconds: number;
}

/** A Python process that runs Optuna, one study at a time. */
export interface OptunaPeer {
  request(message: object): Promise<Reply>;
  close(): void;
}

/** @param python an interpreter that has Optuna 5.0 */
export function openOptunaPeer(python: string): OptunaPeer {
  const script = new URL('./peer.py', import.meta.url).pathname;
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    request: async (message) => {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`Optuna's process ended; asked for ${JSON.stringify(message).slice(0, 200)}`);
      return JSON.parse(value) as Reply;
    },
    close: () => child.stdin.end(),
  };
}

/** A sampler of Optuna as a searcher. A new study ends the one before it. */
export function optunaSearch(peer: OptunaPeer, sampler: OptunaSampler): StartSearch {
  return async ({ space, directions, seed }) => {
    await peer.request({ op: 'start', sampler, seed, directions, space });
    const numbers = new Map<number, number>();
    return {
      ask: async (number) => {
        const reply = await peer.request({ op: 'ask' });
        numbers.set(number, reply.number!);
        return { params: reply.params! };
      },
      tell: async ({ number, values, constraints }) => {
        await peer.request({ op: 'tell', number: numbers.get(number), values, constraints });
      },
    };
  };
}
