import { KEEP, type Pruner } from './pruner.js';

/** Never stops a trial. */
export function nopPruner(): Pruner {
  return Object.freeze({ name: 'none', settings: Object.freeze({ name: 'none' }), decide: () => KEEP });
}
