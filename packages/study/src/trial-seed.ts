import { crc32 } from 'node:zlib';
import { createRng, type Rng } from '@assay/sampler';
import type { TrialRecord } from './trial-record.js';

/** Keys of the study's streams. Draws are 0 and above; samplers keep keys just below 0 for themselves. */
const DRAWN_TRAINING = -0x5eed01;
const ENQUEUED_TRAINING = -0x5eed02;
const ENQUEUED_REST = -0x5eed03;
const NAMED = -0x5eed04;
const REPEATED = -0x5eed05;
const CONFIRMING = -0x5eed06;

type Identity = Pick<TrialRecord, 'number' | 'draw' | 'retryOf'>;

/**
 * What seeds everything random in a trial's objective, an integer in [0, 2^32). Keyed by study seed and draw, so a retry
 * trains as its first attempt did; for an enqueued trial, which has no draw, by the number of its first attempt.
 */
export function trialSeed(studySeed: number, { number, draw, retryOf }: Identity): number {
  const root = createRng(studySeed);
  const stream =
    draw === null ? root.fork(ENQUEUED_TRAINING).fork(retryOf ?? number) : root.fork(DRAWN_TRAINING).fork(draw);
  return Math.floor(stream.next() * 2 ** 32);
}

/**
 * What seeds a repeat of a trial, an integer in [0, 2^32). The first repeat has the trial's own: a trial that runs once is what
 * it would be in a study that knows of no repeats.
 */
export function repeatSeed(seed: number, repeat: number): number {
  if (repeat === 0) return seed;
  return Math.floor(createRng(seed).fork(REPEATED).fork(repeat).next() * 2 ** 32);
}

/** The seed of a study's confirmation: its trials train with other seeds than the study's own. */
export function confirmationSeed(studySeed: number): number {
  return Math.floor(createRng(studySeed).fork(CONFIRMING).next() * 2 ** 32);
}

/** The sampler's stream for one draw: the same numbers whatever ran before it or beside it. */
export function drawStream(studySeed: number, draw: number): Rng {
  return createRng(studySeed).fork(draw);
}

/** The stream for parameters that an enqueued trial left open. */
export function openParamsStream(studySeed: number, { number, retryOf }: Identity): Rng {
  return createRng(studySeed)
    .fork(ENQUEUED_REST)
    .fork(retryOf ?? number);
}

/** A study seed for one parameter on its own, so that two parameters sampled apart do not follow the same sequence. */
export function parameterSeed(studySeed: number, name: string): number {
  return Math.floor(createRng(studySeed).fork(NAMED).fork(crc32(name)).next() * 2 ** 32);
}
