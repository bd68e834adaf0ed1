import { closeGateBlocking, type GateCell } from './native-gate.js';

/** Native calls stay under about a second; one that takes longer than this hangs, and an abort is then the lesser evil. */
const LONGEST_NATIVE_CALL_MS = 30_000;

const guarded = new Set<GateCell>();

/** Until released, `process.exit` (and an uncaught error) on this thread waits for the native call behind the gate. */
export function guardExit(cell: GateCell): void {
  if (guarded.size === 0) process.on('exit', closeGuarded);
  guarded.add(cell);
}

export function releaseExit(cell: GateCell): void {
  guarded.delete(cell);
  if (guarded.size === 0) process.off('exit', closeGuarded);
}

function closeGuarded(): void {
  for (const cell of guarded) closeGateBlocking(cell, LONGEST_NATIVE_CALL_MS);
}
