/** A lease is renewed a dozen times before it would run out: a busy disk, or a short sleep of the machine, costs no trial. */
const RENEW_MS = 5_000;
export const GRACE_MS = 60_000;

/** Renews a process's leases while it has running trials. Its timer never keeps the process alive. */
export class LeaseKeeper {
  readonly #renew: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  readonly #everyMs: number;
  #held = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(renew: () => Promise<void>, onError: (error: unknown) => void, everyMs = RENEW_MS) {
    this.#renew = renew;
    this.#onError = onError;
    this.#everyMs = everyMs;
  }

  hold(): void {
    this.#held += 1;
    this.#timer ??= setInterval(() => void this.#renew().catch(this.#onError), this.#everyMs).unref();
  }

  release(): void {
    this.#held -= 1;
    if (this.#held > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
