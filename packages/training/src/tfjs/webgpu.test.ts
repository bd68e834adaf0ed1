import { expect, it, onTestFinished, vi } from 'vitest';
import { selectEngine } from '../select-engine.js';
import { askAdapter, describeAdapter } from './webgpu.js';

it('a rasterizer is called one', () => {
  expect(describeAdapter({ name: 'nvidia ampere: 550.54', software: false })).toBe('nvidia ampere: 550.54');
  expect(describeAdapter({ name: 'google swiftshader: 5.0.0', software: true })).toContain('software');
});

it.runIf(process.platform === 'linux')('no driver is an ordinary answer, and nothing is printed', async () => {
  for (const name of ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES']) vi.stubEnv(name, '/no/such/driver.json');
  onTestFinished(() => void vi.unstubAllEnvs());
  const reason = /^(not installed|no GPU driver that Dawn can use \(Vulkan\)|Dawn does not start: .*)$/;
  await expect(askAdapter()).rejects.toThrow(reason);
  await expect(selectEngine('webgpu')).rejects.toMatchObject({
    code: 'ENGINE_UNAVAILABLE',
    message: expect.stringContaining('tfjs does not work here: webgpu: '),
  });
});
