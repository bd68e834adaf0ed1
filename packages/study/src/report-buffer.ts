import type { Report } from '@assay/sampler';
import { StoreError } from './store-error.js';

/** How long a report may wait for the next ones: a transaction for each costs more than all else that a short trial takes. */
export const REPORT_DELAY_MS = 500;

/** One running trial's reports. */
interface Line {
  readonly waiting: Report[];
  /** When reports were written last, or the trial started. */
  writtenMs: number;
  timer: NodeJS.Timeout | undefined;
  /** What is being written; never rejects. */
  writing: Promise<void>;
  /** Why the trial is no longer ours. */
  lost: StoreError | null;
}

/**
 * Reports on their way to the store. Those of a trial that come within `delayMs` are written together: with the next report
 * after that, by a timer, or with the trial's end.
 */
export class ReportBuffer {
  readonly #write: (trialId: number, reports: readonly Report[]) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  readonly #delayMs: number;
  readonly #lines = new Map<number, Line>();

  /** @param onError hears what befalls reports that nobody waits for */
  constructor(
    write: (trialId: number, reports: readonly Report[]) => Promise<void>,
    onError: (error: unknown) => void,
    delayMs: number,
  ) {
    this.#write = write;
    this.#onError = onError;
    this.#delayMs = delayMs;
  }

  start(trialId: number): void {
    const [writtenMs, writing] = [performance.now(), Promise.resolve()];
    this.#lines.set(trialId, { waiting: [], writtenMs, timer: undefined, writing, lost: null });
  }

  /**
   * Takes a report; it stays until it is written, also when this rejects.
   * @throws {StoreError} `LEASE_LOST` when this write, or one before it, found that the trial is no longer ours; what else
   * the write throws
   */
  async add(trialId: number, report: Report): Promise<void> {
    const line = this.#lines.get(trialId)!;
    if (line.lost !== null) throw line.lost;
    line.waiting.push(report);
    const leftMs = line.writtenMs + this.#delayMs - performance.now();
    if (leftMs <= 0) await this.#flush(trialId, line);
    else this.#flushLater(trialId, line, leftMs);
  }

  /** What is left for the trial's end to write. Nothing is written meanwhile, unless they are put back. */
  async take(trialId: number): Promise<readonly Report[]> {
    const line = this.#lines.get(trialId)!;
    clearTimeout(line.timer);
    line.timer = undefined;
    await line.writing;
    return line.waiting.splice(0);
  }

  /** The trial's end failed, and it goes on. */
  putBack(trialId: number, reports: readonly Report[]): void {
    this.#lines.get(trialId)!.waiting.unshift(...reports);
  }

  end(trialId: number): void {
    clearTimeout(this.#lines.get(trialId)?.timer);
    this.#lines.delete(trialId);
  }

  /** The timer keeps the process alive: a script that reports and just ends loses nothing. */
  #flushLater(trialId: number, line: Line, afterMs: number): void {
    if (!Number.isFinite(afterMs)) return;
    line.timer ??= setTimeout(() => {
      this.#flush(trialId, line).catch((error) => this.#onError(error));
    }, afterMs);
  }

  #flush(trialId: number, line: Line): Promise<void> {
    clearTimeout(line.timer);
    line.timer = undefined;
    line.writtenMs = performance.now();
    const written = line.writing.then(() => this.#writeWaiting(trialId, line));
    line.writing = written.catch(() => undefined); // whoever asked for it gets the rejection
    return written;
  }

  async #writeWaiting(trialId: number, line: Line): Promise<void> {
    const reports = line.waiting.splice(0);
    if (reports.length === 0) return;
    try {
      await this.#write(trialId, reports);
    } catch (error) {
      line.waiting.unshift(...reports);
      if (error instanceof StoreError && error.code === 'LEASE_LOST') line.lost = error;
      throw error;
    }
  }
}
