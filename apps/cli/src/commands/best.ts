import { formatJson } from '../format/json.js';
import { formatParams, type ParamFormat } from '../format/params.js';
import { formatValues } from '../format/values.js';
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
  const value = trial.values.length === 0 ? trial.state : formatValues(study.metrics, trial.values);
  process.stderr.write(`${study.name}@${trial.number}  ${value}\n`);
  process.stdout.write(formatParams(trial.params, options.format));
}
