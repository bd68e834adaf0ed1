/**
 * Milliseconds per training step, by network, for our engines and their peers on one thread, in one run: medians of several.
 * Build first, then: npx jiti packages/training/bench/step-time.ts [backend ...]
 * Backends of the tfjs engine: node-gpu, node, wasm, cpu; wasm, and node where it is installed, when none is named.
 * ASSAY_PYTHON names a Python with torch, ASSAY_KERAS one with tensorflow (default: the same). Peers that are missing are
 * said. On a busy machine the processor time is the fairer figure; verdicts go by it.
 */
import { cpus, loadavg } from 'node:os';
import { type Engine, OPEN_GATE, onnxEngine, TFJS_BACKENDS, type TfjsBackend, tfjsEngine } from '@assay/training';
import { type BenchNetwork, benchNetworks } from './step-time/networks.js';
import { timePeers } from './step-time/peers.js';
import { timeEngine } from './step-time/time-engine.js';
import type { Timing } from './step-time/timing.js';
import { workerScaling } from './step-time/two-workers.js';

/** Our step's largest part of the other's: aims for a plain network, and for one with batch norm and dropout. */
const AIMS: Readonly<Record<string, Partial<Record<BenchNetwork['name'], number>>>> = {
  'PyTorch eager': { plain: 1 / 2, both: 1 },
  'Keras fit': { plain: 1 / 4 },
  'tfjs node': { plain: 1 / 10 },
  'tfjs wasm': { plain: 1 / 30 },
};
const WORKERS_AIM = 1.9;

async function main(): Promise<void> {
  const { engines, missing } = await ourEngines();
  const peers = await timePeers();
  const load = loadavg()[0]!.toFixed(1);
  console.log(
    `${cpus()[0]?.model}, ${cpus().length} cores, load ${load}, Node ${process.versions.node}; batch 256, adam`,
  );
  for (const line of [...missing, ...peers.missing]) console.log(line);
  for (const network of benchNetworks()) {
    console.log(`\n${network.name}`);
    let ours: Timing | null = null;
    for (const engine of engines) {
      const { step, predictedRowsPerSecond } = await timeEngine(engine, network);
      ours ??= step;
      print(engine.name, network, step, ours, `${(predictedRowsPerSecond / 1e6).toFixed(1)}M rows predicted a second`);
    }
    for (const timing of peers.timings) {
      if (timing.network === network.name && ours !== null) print(timing.peer, network, timing, ours, '');
    }
  }
  const { training, spinning } = await workerScaling();
  console.log(`\ntwo workers train ${training.toFixed(2)} times as fast as one (aim: ${WORKERS_AIM})`);
  console.log(`two threads that only count are ${spinning.toFixed(2)} times as fast as one on this machine now`);
}

async function ourEngines(): Promise<{ readonly engines: readonly Engine[]; readonly missing: readonly string[] }> {
  const named = TFJS_BACKENDS.filter((backend) => process.argv.includes(backend));
  const backends: readonly TfjsBackend[] = named.length > 0 ? named : ['wasm', 'node'];
  const engines: Engine[] = [onnxEngine()];
  const missing: string[] = [];
  for (const backend of backends) {
    try {
      engines.push(await tfjsEngine(OPEN_GATE, { backends: [backend] }));
    } catch (error) {
      missing.push(`tfjs ${backend} is not compared: ${String(error).split('\n', 1)[0]}`);
    }
  }
  return { engines, missing };
}

function print(name: string, { name: network }: BenchNetwork, timing: Timing, ours: Timing, more: string): void {
  const share = ours.cpuMs / timing.cpuMs;
  const aim = AIMS[name]?.[network];
  const verdict = aim === undefined ? '' : `aim ${aim.toFixed(3)}: ${share <= aim ? 'reached' : 'missed'}`;
  const cells = [
    name.padEnd(17),
    `${timing.cpuMs.toFixed(3).padStart(8)} ms of processor time`,
    `${timing.wallMs.toFixed(3).padStart(8)} ms by the clock`,
    `onnx takes ${share.toFixed(3)} of it`.padEnd(25),
    verdict.padEnd(19),
    more,
  ];
  console.log(cells.join('  ').trimEnd());
}

await main();
