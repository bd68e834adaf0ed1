import { readFileSync, readlinkSync } from 'node:fs';

/** What tells a process from every other one that has, or had, the same pid on a host of the same name. */
export interface ProcessIdentity {
  /** Where the pid counts: this boot of this machine, this container. Null where the system does not say. */
  readonly pidSpace: string | null;
  /** When the process began, in clock ticks since the boot. Null when there is none, or where the system does not say. */
  readonly start: string | null;
}

export function processIdentity(pid: number): ProcessIdentity {
  return { pidSpace: pidSpace(), start: processStat(pid)?.start ?? null };
}

/**
 * Whether that process, on a host of this name, certainly no longer exists: no process has its pid, or a younger one, or
 * only the remains of one that nobody has waited for. False when the pid means nothing here, in another container or boot.
 */
export function isProcessGone(pid: number, identity: ProcessIdentity): boolean {
  if (identity.pidSpace !== pidSpace()) return false;
  if (!pidExists(pid)) return true;
  const now = processStat(pid);
  if (now === null) return false;
  return now.state === 'Z' || (identity.start !== null && identity.start !== now.start);
}

function pidExists(pid: number): boolean {
  try {
    return process.kill(pid, 0); // signal 0 only asks
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'; // EPERM: it exists and belongs to someone else
  }
}

function pidSpace(): string | null {
  const boot = procText(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const container = procText(() => readlinkSync('/proc/self/ns/pid'));
  return boot === null || container === null ? null : `${boot} ${container}`;
}

/** Fields 3 and 22 of /proc/<pid>/stat (proc(5)); the second one, a name in brackets, may hold spaces and brackets. */
function processStat(pid: number): { readonly state: string; readonly start: string } | null {
  const text = procText(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields?.[0], fields?.[19]];
  return state === undefined || start === undefined ? null : { state, start };
}

/** Only Linux has /proc; elsewhere, and for a process that has just ended, there is nothing to read. */
function procText(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
