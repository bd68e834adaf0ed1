import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BenchNetwork } from './networks.js';
import type { Timing } from './timing.js';

export interface PeerTiming extends Timing {
  readonly peer: string;
  readonly network: BenchNetwork['name'];
}

export interface PeerReport {
  readonly timings: readonly PeerTiming[];
  /** A line for each peer that is not there, with the reason. */
  readonly missing: readonly string[];
}

type Line = PeerTiming | { readonly peer: string; readonly missing: string };

const SCRIPT = path.join(import.meta.dirname, 'time_peers.py');
const TIME_LIMIT_MS = 300_000;

/** PyTorch from the Python of ASSAY_PYTHON, Keras from that of ASSAY_KERAS or the same. */
export async function timePeers(): Promise<PeerReport> {
  const { ASSAY_PYTHON, ASSAY_KERAS = ASSAY_PYTHON } = process.env;
  const lines = [
    ...(await timePeer('torch', 'PyTorch', ASSAY_PYTHON)),
    ...(await timePeer('keras', 'Keras', ASSAY_KERAS)),
  ];
  return {
    timings: lines.flatMap((line) => ('missing' in line ? [] : [line])),
    missing: lines.flatMap((line) => ('missing' in line ? [`${line.peer} is not compared: ${line.missing}`] : [])),
  };
}

async function timePeer(name: 'torch' | 'keras', peer: string, python: string | undefined): Promise<Line[]> {
  if (python === undefined)
    return [{ peer, missing: `${name === 'torch' ? 'ASSAY_PYTHON' : 'ASSAY_KERAS'} is not set` }];
  try {
    const { stdout } = await promisify(execFile)(python, [SCRIPT, name], { timeout: TIME_LIMIT_MS });
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((text) => JSON.parse(text) as Line);
  } catch (error) {
    return [{ peer, missing: String(error).split('\n', 1)[0]! }];
  }
}
