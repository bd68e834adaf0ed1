import { CommanderError } from 'commander';
import { EXIT } from './exit-code.js';
import { createProgram } from './program.js';

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed what it has to say; its own codes for --help and --version are 0.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else {
    const [{ exitCodeOf }, { describeError }] = await Promise.all([
      import('./exit-code.js'),
      import('./report-error.js'),
    ]);
    process.stderr.write(describeError(error, process.env.ASSAY_DEBUG === '1'));
    process.exitCode = exitCodeOf(error);
  }
}
