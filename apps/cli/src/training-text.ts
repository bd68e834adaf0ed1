import type { FinalTraining, Stage } from 'assay';
import { commandName, shellQuoted } from './command-style.js';
import { formatBytes } from './format/number.js';
import { formatTable } from './format/table.js';
import { scoresText } from './scores-text.js';

/** What a final training cost and came to, and how to use it. @param folder where the model is */
export function trainingText(result: FinalTraining, stages: readonly Stage[], folder: string): string {
  const { validation, engine, bestStep } = result;
  const refit = validation === null ? '; refit on the validation rows as well, so they give no score' : '';
  const predict = `${commandName()} predict ${shellQuoted(folder)} --input file.csv`;
  return `${stageTable(stages)}\n${scoreTable(result)}\nengine ${engine}, best weights at step ${bestStep}${refit}\nnext: ${predict}\n`;
}

function stageTable(stages: readonly Stage[]): string {
  return formatTable(
    [{ title: 'stage' }, { title: 'seconds', align: 'right' }, { title: 'peak memory', align: 'right' }],
    stages.map(({ name, seconds, peakBytes }) => [name, seconds.toFixed(2), formatBytes(peakBytes)]),
  );
}

function scoreTable({ validation, test }: FinalTraining): string {
  const scores = Object.entries({ validation, test });
  return scoresText(scores.flatMap(([name, found]) => (found === null ? [] : [[name, found] as const])));
}
