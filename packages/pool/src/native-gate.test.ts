import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { closeGate, closeGateBlocking, createGateCell, ThreadGate } from './native-gate.js';

function openGate() {
  const cell = createGateCell();
  const gate = new ThreadGate();
  gate.open(cell);
  return { cell, gate };
}

/** A native call that returns when told to. */
function callOf<T>(result: T) {
  let end = (_: T): void => undefined;
  const returned = new Promise<T>((resolve) => {
    end = resolve;
  });
  return { call: () => returned, end: () => end(result) };
}

/** Whether the promise settles within a few turns of the event loop. */
async function settles(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const watch = () => {
    settled = true;
  };
  promise.then(watch, watch);
  for (let turn = 0; turn < 50 && !settled; turn++) await nextTurn();
  return settled;
}

it('runs a call and passes on its result and its error', async () => {
  const { gate } = openGate();
  await expect(gate.run(async () => 7)).resolves.toBe(7);
  await expect(gate.run(() => Promise.reject(new Error('native')))).rejects.toThrow('native');
  await expect(gate.run(async () => 8)).resolves.toBe(8);
});

it('closes at once when no call runs, and parks every call from then on', async () => {
  const { cell, gate } = openGate();
  await closeGate(cell);
  let entered = false;
  const parked = gate.run(async () => {
    entered = true;
  });
  expect(await settles(parked)).toBe(false);
  expect(entered).toBe(false);
});

it('closes only when the last of several calls has returned, but refuses new ones while it waits', async () => {
  const { cell, gate } = openGate();
  const first = callOf(1);
  const second = callOf(2);
  const results = Promise.all([gate.run(first.call), gate.run(second.call)]);
  const closing = closeGate(cell);
  first.end();
  expect(await settles(closing)).toBe(false);
  second.end();
  await closing;
  expect(await results).toEqual([1, 2]);
  expect(await settles(gate.run(async () => 3))).toBe(false);
});

it('closes between the calls of a loop that never leaves the gate idle for a whole turn', async () => {
  const { cell, gate } = openGate();
  let calls = 0;
  const loop = async (): Promise<never> => {
    for (;;) await gate.run(() => nextTurn(calls++));
  };
  void loop();
  await closeGate(cell);
  const callsAtClose = calls;
  for (let turn = 0; turn < 50; turn++) await nextTurn();
  expect(calls).toBe(callsAtClose);
});

it('shut waits for the calls that still run, then closes', async () => {
  const { cell, gate } = openGate();
  const { call, end } = callOf(1);
  void gate.run(call);
  const shut = gate.shut();
  expect(await settles(shut)).toBe(false);
  end();
  await shut;
  await closeGate(cell);
  expect(await settles(gate.run(async () => 2))).toBe(false);
});

it('opens again with the next trial, also for an engine that kept the gate', async () => {
  const { gate } = openGate();
  await gate.shut();
  gate.open(createGateCell());
  await expect(gate.run(async () => 5)).resolves.toBe(5);
});

it('blocking: closes an idle gate, and gives up after the limit on a call that does not return', async () => {
  const idle = openGate();
  expect(closeGateBlocking(idle.cell, 0)).toBe(true);
  const busy = openGate();
  const { call, end } = callOf(1);
  const running = busy.gate.run(call);
  expect(closeGateBlocking(busy.cell, 5)).toBe(false);
  end();
  await running;
  expect(closeGateBlocking(busy.cell, 0)).toBe(true);
});
