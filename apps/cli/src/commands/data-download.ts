import { downloadTaxiFile, type TaxiFileSize } from '@assay/preprocessing';
import { requireTaxifare } from '../dataset-name.js';
import { formatBytes } from '../format/number.js';
import { progressLine } from '../progress-line.js';

interface DownloadOptions {
  readonly size: TaxiFileSize;
  readonly out: string;
}

/** `assay data download taxifare --size 10k`: the course's public files; their paths on stdout. */
export async function dataDownload(dataset: string, { size, out }: DownloadOptions): Promise<void> {
  requireTaxifare(dataset);
  const baseUrl = process.env.ASSAY_TAXI_URL;
  const line = progressLine(process.stderr);
  for (const role of ['train', 'validation'] as const) {
    const file = await downloadTaxiFile({
      role,
      size,
      outDir: out,
      ...(baseUrl !== undefined && { baseUrl }),
      onProgress: ({ bytesRead, bytesTotal }) =>
        line.show({
          stage: `${role} ${size}`,
          done: bytesRead,
          total: bytesTotal ?? null,
          detail: formatBytes(bytesRead),
        }),
    }).finally(line.clear);
    process.stdout.write(`${file}\n`);
  }
}
