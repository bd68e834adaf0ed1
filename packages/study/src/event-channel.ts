import type { StudyEvent, StudyListener } from './study-event.js';

/** Hands a study's events to its listeners, in order. A listener that throws is dropped; the study goes on. */
export class EventChannel {
  readonly #listeners = new Set<StudyListener>();

  /** Returns the call that ends the subscription. */
  subscribe(listener: StudyListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(event: StudyEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#drop(listener, event, error);
      }
    }
  }

  log(level: 'info' | 'warning' | 'error', line: string): void {
    this.emit({ type: 'log', level, line });
  }

  #drop(listener: StudyListener, event: StudyEvent, error: unknown): void {
    this.#listeners.delete(listener);
    const line = `a listener threw on '${event.type}' and hears nothing more: ${error instanceof Error ? error.stack : error}`;
    if (this.#listeners.size === 0) process.emitWarning(line);
    else this.log('error', line);
  }
}
