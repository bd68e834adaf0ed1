import type { FinalTrainingOptions } from 'assay';
import { CliError } from './cli-error.js';
import { formatNumber } from './format/number.js';

type Watched = Pick<FinalTrainingOptions<unknown>, 'onReport' | 'onResume' | 'signal' | 'checkpoints'>;

/** A kill costs at most this much training, beside the shard it was in. */
const CHECKPOINT_EVERY_MS = 10_000;

/**
 * Runs a final training that keeps checkpoints in `folder`, with one line of progress on a terminal. The first Ctrl-C ends it
 * at the next shard, with a checkpoint; the second ends the process as ever.
 * @throws {CliError} `INTERRUPTED`
 */
export async function whileTraining<T>(folder: string, train: (watched: Watched) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const interrupted = new CliError(
    'INTERRUPTED',
    'Interrupted. The training so far is kept.',
    'The same command goes on with it.',
  );
  const onInterrupt = (): void => abort.abort(interrupted);
  process.once('SIGINT', onInterrupt);
  const line = trainingLine(process.stderr);
  try {
    return await train({
      checkpoints: { dir: folder, everyMs: CHECKPOINT_EVERY_MS },
      signal: abort.signal,
      onReport: line.show,
      onResume: (stage, step) => {
        line.clear();
        process.stderr.write(`${stage} goes on after step ${step}, from its checkpoint in ${folder}\n`);
      },
    });
  } finally {
    process.off('SIGINT', onInterrupt);
    line.clear();
  }
}

/** The same for a continuation, which keeps no checkpoint. @throws {CliError} `INTERRUPTED` */
export async function whileContinuing<T>(
  train: (watched: {
    readonly onReport: (step: number, value: number) => void;
    readonly signal: AbortSignal;
  }) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const interrupted = new CliError('INTERRUPTED', 'Interrupted. The model is as it was.');
  const onInterrupt = (): void => abort.abort(interrupted);
  process.once('SIGINT', onInterrupt);
  const line = trainingLine(process.stderr);
  try {
    return await train({ signal: abort.signal, onReport: (step, value) => line.show('training', step, value) });
  } finally {
    process.off('SIGINT', onInterrupt);
    line.clear();
  }
}

/** One line on a terminal, none otherwise. */
function trainingLine(stream: NodeJS.WriteStream) {
  const clear = (): void => {
    if (stream.isTTY) stream.write('\r\u001b[2K');
  };
  return {
    clear,
    show: (stage: string, step: number, value: number): void => {
      if (stream.isTTY) stream.write(`\r\u001b[2K${stage}: step ${step}, validation error ${formatNumber(value)}`);
    },
  };
}
