import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Owner } from './study-store.js';

/** An owner for this process. Each call gives another one: two studies open in one process do not share their leases. */
export function newOwner(): Owner {
  return { host: hostname(), pid: process.pid, token: randomUUID() };
}

/** Whether the owner's process certainly no longer exists: same host as this one, and no such process there. */
export function isOwnerGone(owner: Owner): boolean {
  if (owner.host !== hostname()) return false;
  try {
    process.kill(owner.pid, 0); // signal 0 only asks
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'; // EPERM: it exists and belongs to someone else
  }
}
