import type { Tone } from '../draw/line.js';
import type { Scene } from './scene.js';
import type { Notice, ViewState } from './view-state.js';

/** How the dashboard was left: after the end or from a watch; stopped by a key, and all trials ended; at once. */
export type Exit = 'quit' | 'stopped' | 'abort';

/** What a key does beyond the screen. */
export type Effect =
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'request-stop' }
  | { readonly kind: 'stop-trial'; readonly number: number }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'exit'; readonly exit: Exit };

/** What a key comes to: the next state of the screen, and what else happens. */
export interface Step {
  readonly state: ViewState;
  readonly effects: readonly Effect[];
}

export function step({ state }: Scene, change: Partial<ViewState> = {}, ...effects: readonly Effect[]): Step {
  return { state: { ...state, ...change }, effects };
}

/** A line at the bottom of the screen, until the next key or for some seconds. */
export function notice(scene: Scene, text: string, tone: Tone = 'plain', command: string | null = null): Notice {
  return { text, tone, command, atMs: scene.snapshot.nowMs };
}
