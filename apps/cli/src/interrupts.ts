import type { StudyControls } from '@assay/study';
import { EXIT } from './exit-code.js';

export interface Interrupts {
  /** What the process exits with when it was asked to stop; null when it was not. */
  readonly exitCode: () => number | null;
  /** Takes the handlers off again. */
  readonly dispose: () => void;
}

/**
 * Ctrl-C: the first starts no new trial, the second stops running trials at their next report, the third leaves.
 * SIGTERM goes straight to the second, and a second one to the third.
 * @param leave ends the process as soon as no native call runs
 */
export function watchInterrupts(controls: StudyControls, leave: (code: number) => void): Interrupts {
  let exitCode: number | null = null;
  const onInterrupt = (): void => {
    exitCode = EXIT.interrupted;
    if (controls.stopping === 'at-next-report') leave(EXIT.interrupted);
    else controls.requestStop();
  };
  const onTerminate = (): void => {
    exitCode = EXIT.terminated;
    if (controls.stopping === 'at-next-report') leave(EXIT.terminated);
    controls.requestStop();
    controls.requestStop();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return {
    exitCode: () => exitCode,
    dispose: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
    },
  };
}
