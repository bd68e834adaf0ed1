import { existsSync } from 'node:fs';
import { askAdapter, type WebgpuAdapter } from './webgpu.js';

/** SwiftShader, a rasterizer on the processor, as Debian's package `chromium` brings it. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** A GPU where there is one, else SwiftShader, which this process and its children then use; else null, and a line says so. */
export async function adapterForTests(): Promise<WebgpuAdapter | null> {
  const gpu = await askAdapter().catch((error: Error) => error);
  if (!(gpu instanceof Error)) return gpu;
  if (!existsSync(SWIFTSHADER)) {
    console.warn(
      `WebGPU is not tested: ${gpu.message}; nor is SwiftShader here (Debian: apt-get install chromium libvulkan1)`,
    );
    return null;
  }
  process.env.VK_ICD_FILENAMES = SWIFTSHADER;
  return askAdapter();
}
