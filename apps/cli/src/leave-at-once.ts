import { type Study, StudyError, type TrialEnding } from '@assay/study';

const LEFT: TrialEnding = {
  state: 'failed',
  values: [],
  end: { reason: 'interrupted', message: 'its process was told to leave at once' },
  retry: true,
};

/**
 * Ends the process without waiting for running trials: they are handed back, to be tried again by the next run. Exiting
 * waits until no native call runs (the pool sees to that).
 * @param parting the last words on stderr
 */
export function leaveAtOnce(study: Study<unknown>, parting: string): (code: number) => void {
  let isLeaving = false;
  return (code) => {
    if (isLeaving) return;
    isLeaving = true;
    void handBack(study).finally(() => {
      process.stderr.write(parting);
      process.exit(code);
    });
  };
}

/** Never rejects: what cannot be handed back now, the next run takes back from this dead process. */
async function handBack({ desk }: Study<unknown>): Promise<void> {
  for (const { number } of desk.view.trials.filter(({ state }) => state === 'running')) {
    await desk.finish(number, LEFT).catch((error: unknown) => {
      const isElsewhere = error instanceof StudyError && error.code === 'NOT_RUNNING';
      if (!isElsewhere) process.stderr.write(`trial ${number} is handed back later: ${String(error)}\n`);
    });
  }
}
