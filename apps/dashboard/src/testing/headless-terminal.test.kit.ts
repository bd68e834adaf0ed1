import { PassThrough, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import xterm from '@xterm/headless';

/** A terminal emulator behind streams that pass for a TTY. */
export class HeadlessTerminal {
  readonly terminal: xterm.Terminal;
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly rawModes: boolean[] = [];
  /** Everything that was written. */
  bytes = '';

  constructor(columns: number, rows: number) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1_000 });
    const stdout = new Writable({
      decodeStrings: false,
      write: (chunk: string, _encoding, done) => {
        this.bytes += chunk;
        this.terminal.write(chunk, done);
      },
    });
    this.stdout = Object.assign(stdout, { columns, rows, isTTY: true }) as unknown as NodeJS.WriteStream;
    const setRawMode = (isRaw: boolean): void => {
      this.rawModes.push(isRaw);
    };
    const noop = (): void => undefined;
    this.stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode, ref: noop, unref: noop }) as never;
  }

  /** The rows as a person sees them, without spaces at their ends. */
  lines(): readonly string[] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.terminal.rows }, (_, row) => {
      return (
        active
          .getLine(active.viewportY + row)
          ?.translateToString(true, 0, this.terminal.cols)
          .trimEnd() ?? ''
      );
    });
  }

  text(): string {
    return this.lines().join('\n');
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    Object.assign(this.stdout, { columns, rows });
    this.stdout.emit('resize');
  }

  async type(keys: string): Promise<void> {
    (this.stdin as unknown as PassThrough).write(keys);
    await this.settled();
  }

  /** Waits until the screen shows what is wanted: fails by the test's own time limit. */
  async until(shows: (text: string) => boolean): Promise<void> {
    while (!shows(this.text())) await sleep(5);
  }

  /** Lets keys, frames and the emulator come to rest. */
  async settled(): Promise<void> {
    let before = -1;
    while (before !== this.bytes.length) {
      before = this.bytes.length;
      await sleep(30);
      await new Promise<void>((resolve) => this.terminal.write('', resolve));
    }
  }
}
