import { CommanderError } from 'commander';
import { EXIT, exitCodeOf } from './exit-code.js';
import { guardOutput, isClosedPipe } from './output.js';
import { createProgram, plainJsonFlag } from './program.js';
import { describeError } from './report-error.js';

guardOutput();
try {
  await createProgram().parseAsync(plainJsonFlag(process.argv));
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed what it has to say; its own codes for --help and --version are 0.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else if (!isClosedPipe(error)) {
    process.stderr.write(describeError(error, process.env.ASSAY_DEBUG === '1'));
    process.exitCode = exitCodeOf(error);
  }
}
