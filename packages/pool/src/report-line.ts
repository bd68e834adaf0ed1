import type { MessagePort } from 'node:worker_threads';
import type { TrialReports } from '@assay/study';
import type { Verdict, WorkerMessage } from './protocol.js';

/** An objective that never awaits its reports would fill the main thread's memory. */
const MOST_UNANSWERED = 1_000;

interface Question {
  readonly answer: Promise<Verdict['answer']>;
  settle(answer: Verdict['answer']): void;
}

/** The worker's side of a trial's reports. */
export class ReportLine implements TrialReports {
  readonly #port: MessagePort;
  readonly #open = new Map<number, Question>();
  #sent = 0;
  #stopped = false;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (verdict: Verdict) => this.#receive(verdict));
  }

  /** Whether a report or a check-in was answered with `stop`. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** After the first `stop` nothing is sent any more: the answer stays the same. */
  async report(step: number, value: number): Promise<'keep' | 'stop'> {
    if (!Number.isSafeInteger(step) || step < 0) {
      throw new RangeError(`A report's step must be an integer of at least 0, got ${String(step)}.`);
    }
    if (typeof value !== 'number') throw new TypeError(`A report's value must be a number, got ${String(value)}.`);
    return this.#ask((id) => ({ type: 'report', id, step, value }));
  }

  async checkIn(): Promise<'keep' | 'stop'> {
    return this.#ask((id) => ({ type: 'check-in', id }));
  }

  /** Resolves when everything asked is answered, also what the objective did not wait for. */
  async settled(): Promise<void> {
    while (this.#open.size > 0) await Promise.all([...this.#open.values()].map((question) => question.answer));
  }

  async #ask(messageOf: (id: number) => WorkerMessage): Promise<Verdict['answer']> {
    if (this.#stopped) return 'stop';
    if (this.#open.size >= MOST_UNANSWERED) {
      throw new Error(`${MOST_UNANSWERED} reports wait for their answers: write \`await trial.report(step, value)\`.`);
    }
    const id = this.#sent++;
    let settle: Question['settle'] = () => undefined;
    const answer = new Promise<Verdict['answer']>((resolve) => {
      settle = resolve;
    });
    this.#open.set(id, { answer, settle });
    this.#port.postMessage(messageOf(id));
    return answer;
  }

  #receive({ id, answer }: Verdict): void {
    if (answer === 'stop') this.#stopped = true;
    this.#open.get(id)?.settle(answer);
    this.#open.delete(id);
  }
}
