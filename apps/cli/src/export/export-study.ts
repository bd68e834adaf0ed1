import { type StudyRecord, type StudyStore, trialPages } from '@assay/study';
import { formatJsonValue } from '../format/json.js';
import { csvHead, csvLines } from './csv.js';
import { type OutputFile, withOutput } from './output-file.js';
import { ParquetTable } from './parquet.js';
import { SeenFields, type TrialColumn, trialColumns } from './trial-columns.js';

export type ExportFormat = 'csv' | 'json' | 'parquet';

/** Writes a study's trials, a chunk at a time. @param path null for stdout. Returns how many there are. */
export async function exportStudy(
  store: StudyStore,
  study: StudyRecord,
  format: ExportFormat,
  path: string | null,
): Promise<number> {
  let trials = 0;
  await withOutput(path, async (file) => {
    trials = await WRITERS[format](store, study, file);
  });
  return trials;
}

type Writer = (store: StudyStore, study: StudyRecord, file: OutputFile) => Promise<number>;

const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  async csv(store, study, file) {
    const columns = await columnsOf(store, study);
    await file.write(csvHead(columns));
    let count = 0;
    for await (const trials of trialPages(store, study.id, { reports: false })) {
      await file.write(csvLines(columns, trials));
      count += trials.length;
    }
    return count;
  },

  async parquet(store, study, file) {
    const table = new ParquetTable(await columnsOf(store, study));
    let count = 0;
    for await (const trials of trialPages(store, study.id, { reports: false })) {
      table.add(trials);
      count += trials.length;
    }
    await file.write(await table.toBuffer());
    return count;
  },

  /** Everything, learning curves and distributions included; a trial a line. */
  async json(store, study, file) {
    const { id: _, ...record } = study;
    const attributes = await store.readStudyAttributes(study.id);
    const prior = await store.readPrior(study.id);
    await file.write(`{"study":${formatJsonValue({ ...record, attributes, prior })},\n"trials":[`);
    let count = 0;
    for await (const trials of trialPages(store, study.id, { details: true })) {
      const lines = trials.map(({ id: _, ...trial }) => `\n${formatJsonValue(trial)}`);
      await file.write(`${count === 0 ? '' : ','}${lines.join(',')}`);
      count += trials.length;
    }
    await file.write(count === 0 ? ']}\n' : '\n]}\n');
    return count;
  },
};

/** A table must know its columns before its first row: this reads the study once more. */
async function columnsOf(store: StudyStore, study: StudyRecord): Promise<readonly TrialColumn[]> {
  const seen = new SeenFields();
  for await (const trials of trialPages(store, study.id, { reports: false })) seen.add(trials);
  return trialColumns(study, seen);
}
