import type { StudyControls } from '@assay/study';
import { EXIT } from './exit-code.js';

export interface Interrupts {
  /** What the process exits with when it was asked to stop; null when it was not. */
  readonly exitCode: () => number | null;
  /** Takes the handlers off again. */
  readonly dispose: () => void;
}

/** How SIGTERM is answered. `at-once`: like a second Ctrl-C. `graceMs`: like a first one, and for so long trials may finish. */
export type Termination = 'at-once' | { readonly graceMs: number };

/**
 * Ctrl-C: the first starts no new trial, the second stops running trials at their next report, the third leaves. SIGTERM goes
 * straight to the second, and a second one to the third; with a grace it goes as Ctrl-C does, and leaves when that is over.
 * @param leave ends the process as soon as no native call runs
 */
export function watchInterrupts(
  controls: StudyControls,
  leave: (code: number) => void,
  termination: Termination = 'at-once',
): Interrupts {
  let exitCode: number | null = null;
  let grace: NodeJS.Timeout | undefined;
  const interrupt = (code: number): void => {
    exitCode = code;
    if (controls.stopping === 'at-next-report') leave(code);
    else controls.requestStop();
  };
  const onInterrupt = (): void => interrupt(EXIT.interrupted);
  const onTerminate = (): void => {
    interrupt(EXIT.terminated);
    if (termination === 'at-once') controls.requestStop();
    else grace ??= setTimeout(() => leave(EXIT.terminated), termination.graceMs);
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return {
    exitCode: () => exitCode,
    dispose: () => {
      clearTimeout(grace);
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
    },
  };
}
