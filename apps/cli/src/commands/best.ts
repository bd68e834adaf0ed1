import { formatJson } from '../format/json.js';
import { formatNumber } from '../format/number.js';
import { formatParams, type ParamFormat } from '../format/params.js';
import { withExistingStore } from '../open-store.js';
import { bestTrialOf, requireStudy } from '../study-view.js';
import { parseTrialReference, pickTrial } from '../trial-reference.js';

interface BestOptions {
  readonly store: string;
  readonly format: ParamFormat;
  readonly json?: true;
}

/** `assay best <study>`: the parameters alone on stdout, what they are on stderr. */
export async function best(text: string, options: BestOptions): Promise<void> {
  const reference = parseTrialReference(text);
  const { study, trial } = await withExistingStore(options.store, async (store) => {
    const study = await requireStudy(store, reference.study);
    const trials = await store.readTrials(study.id);
    return { study, trial: pickTrial(reference, trials, bestTrialOf(study, trials)) };
  });
  if (options.json) {
    const { number, state, values, params, attributes } = trial;
    process.stdout.write(formatJson({ study: study.name, trial: number, state, values, params, attributes }));
    return;
  }
  const value = trial.values[0] === undefined ? trial.state : formatNumber(trial.values[0]);
  process.stderr.write(`${study.name}@${trial.number}  ${study.metrics[0] ?? 'value'} ${value}\n`);
  process.stdout.write(formatParams(trial.params, options.format));
}
