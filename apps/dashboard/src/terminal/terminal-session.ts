import { type SayStray, takeStray, takeWarnings } from './stray-output.js';

const ESC = '\u001B';
const ENTER_ALTERNATE = `${ESC}[?1049h${ESC}[H${ESC}[2J`;
const LEAVE_ALTERNATE = `${ESC}[?1049l`;
/** No cursor, and no wrapping: a row that a terminal takes for wider than we do is cut, and does not push the others down. */
const ENTER = `${ESC}[?25l${ESC}[?7l`;
const LEAVE = `${ESC}[0m${ESC}[?7h${ESC}[?25h`;

const DEADLY = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface SessionOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** On the alternate screen, or on the main one. */
  readonly isAlternate: boolean;
  /** Takes what this process writes to the terminal past the session. */
  readonly say: SayStray;
}

/** A terminal taken over and given back, whatever happens in between. */
export class TerminalSession {
  readonly #options: SessionOptions;
  readonly #write: NodeJS.WriteStream['write'];
  #isEntered = false;
  /** Signals that nobody else listens to: they still end the process, after the terminal is restored. */
  #ownSignals: readonly NodeJS.Signals[] = [];
  #giveBack: readonly (() => void)[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#write = options.stdout.write.bind(options.stdout);
  }

  get size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.#options.stdout;
    return { columns: columns || 80, rows: rows || 24 };
  }

  readonly write = (bytes: string): void => {
    this.#write(bytes);
  };

  enter(): void {
    this.#isEntered = true;
    process.on('exit', this.leave); // also reached by process.exit and by an uncaught error
    this.#ownSignals = DEADLY.filter((signal) => process.listenerCount(signal) === 0);
    for (const signal of this.#ownSignals) process.on(signal, this.#die);
    // On the main screen the shell's lines move up into the scrollback: frames are drawn by address, over the whole screen.
    this.write((this.#options.isAlternate ? ENTER_ALTERNATE : '\n'.repeat(this.size.rows)) + ENTER);
    this.#giveBack = this.#take();
  }

  /** May be called more than once. */
  readonly leave = (): void => {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    process.off('exit', this.leave);
    for (const signal of this.#ownSignals) process.off(signal, this.#die);
    this.write(LEAVE + (this.#options.isAlternate ? LEAVE_ALTERNATE : `${ESC}[${this.size.rows};1H\n`));
    for (const giveBack of this.#giveBack) giveBack();
  };

  /** A stream that leads elsewhere is left alone. */
  #take(): readonly (() => void)[] {
    const { stdout, stderr, say } = this.#options;
    const taken = [takeStray(stdout, 'info', say)];
    return stderr.isTTY ? [...taken, takeStray(stderr, 'warning', say), takeWarnings(say)] : taken;
  }

  readonly #die = (signal: NodeJS.Signals): void => {
    this.leave();
    process.kill(process.pid, signal);
  };
}

/** Asks the terminal to put text on the clipboard (OSC 52). Whether it does is its own decision; it never says. */
export function clipboardRequest(text: string): string {
  return `${ESC}]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
}
