import { createRng } from '@assay/sampler';
import type { OptunaPeer, OptunaSampler } from '../optuna/optuna-peer.js';
import { TEN_PARAMETERS } from './ten-parameters.js';

const WARM_UP = 2;
const ROUNDS = 9;

/** Processor time of one trial of one of Optuna's samplers in milliseconds, inside its own process: the median over trials. */
export async function optunaTrialMs(peer: OptunaPeer, sampler: OptunaSampler, finished: number): Promise<number> {
  await peer.request({ op: 'start', sampler, seed: 0, directions: ['minimize'], space: TEN_PARAMETERS });
  await peer.request({ op: 'fill', count: finished });
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const asked = await peer.request({ op: 'ask' });
    const values = [createRng(3).fork(round).next()];
    const told = await peer.request({ op: 'tell', number: asked.number, values, constraints: [] });
    times.push((asked.seconds + told.seconds) * 1000);
  }
  return times.slice(WARM_UP).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}
