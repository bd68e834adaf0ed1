import type { ParamValues } from '@assay/space';
import type { SnapshotSource } from './data/snapshot-source.js';
import { GLYPHS, glyphSetFor } from './draw/glyphs.js';
import { FrameWriter } from './terminal/frame-writer.js';
import { clipboardRequest, TerminalSession } from './terminal/terminal-session.js';
import type { CommandStyle } from './view/assay-command.js';
import { DashboardController } from './view/dashboard-controller.js';
import type { DashboardControls } from './view/scene.js';
import type { Exit } from './view/step.js';

export interface DashboardOptions {
  readonly source: SnapshotSource;
  /** The study's `StudyControls`; null for a screen that only watches. */
  readonly controls: DashboardControls | null;
  /** What `y` copies. */
  readonly paramsText: (params: ParamValues) => string;
  /** How the `assay` commands on the screen are written. Default: `assay`, no flags. */
  readonly command?: CommandStyle;
  /** Draws on the alternate screen, which leaves the scrollback as it was. Default: true. */
  readonly altScreen?: boolean;
  readonly stdout?: NodeJS.WriteStream;
  readonly stderr?: NodeJS.WriteStream;
  readonly stdin?: NodeJS.ReadStream;
  /** Decides about colours (`NO_COLOR`) and glyphs (`TERM`, locale, `ASSAY_GLYPHS`). */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Closes the screen from outside, as `quit` does. */
  readonly signal?: AbortSignal;
}

/**
 * Draws a study until it is left. `quit`: by `q` or Ctrl-C after its end or from a watch, or by the signal; `stopped`: a key
 * asked for the stop and the running trials have ended; `abort`: the third Ctrl-C, so leave at once.
 *
 * The terminal is as before when it resolves or rejects, and also when the process exits, throws or is told to end meanwhile.
 * What the process itself writes to it in between goes into the log, and to the terminal afterwards.
 * The source and the controls stay the caller's.
 * @throws what drawing threw
 */
export async function runDashboard(options: DashboardOptions): Promise<{ readonly exit: Exit }> {
  process.env.NODE_ENV ??= 'production'; // React decides when it is loaded: its development build is several times slower
  const { mountApp } = await import('./components/mount-app.js');
  const { source, controls, paramsText, altScreen = true } = options;
  const { stdout = process.stdout, stderr = process.stderr, stdin = process.stdin } = options;
  const { env = process.env, signal } = options;
  const { command = { name: 'assay', flags: '' } } = options;
  const session = new TerminalSession({ stdout, stderr, isAlternate: altScreen, say: source.say });
  const frames = new FrameWriter(session.write, () => session.size);
  let leave: (exit: Exit) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const left = new Promise<Exit>((resolve, reject) => {
    [leave, fail] = [resolve, reject];
  });
  const controller = new DashboardController(
    {
      source,
      controls,
      command,
      glyphs: GLYPHS[glyphSetFor(env)],
      paramsText: ({ params }) => paramsText(params),
      copy: (text) => session.write(clipboardRequest(text)),
      redraw: () => frames.redraw(),
      exit: leave,
      fail,
    },
    session.size,
  );
  const resized = (): void => {
    frames.clear();
    controller.resize(session.size.columns, session.size.rows);
  };
  const aborted = (): void => leave('quit');
  session.enter();
  stdout.on('resize', resized);
  signal?.addEventListener('abort', aborted);
  const theme = { hasColor: (env.NO_COLOR ?? '') === '' };
  const app = mountApp({ controller, theme, hasKeys: stdin.isTTY === true }, frames, stdin);
  try {
    if (signal?.aborted) aborted();
    return { exit: await Promise.race([left, app.waitUntilExit().then((): Exit => 'quit')]) };
  } finally {
    signal?.removeEventListener('abort', aborted);
    stdout.off('resize', resized);
    controller.close();
    app.unmount();
    session.leave();
  }
}
