import type { Parameter, SearchSpace } from '@assay/space';
import type { StudyStore } from './study-store.js';
import { trialPages } from './trial-pages.js';
import type { StoredDistribution } from './trial-record.js';

/**
 * The parameters of a study whose space nobody stored, another tool's, as its trials show them: each with the distribution that it
 * was first drawn from, by which Optuna judges later ones too.
 * @param expected the parameters that somebody wants to go on with; those that no trial has yet are as expected
 */
export async function observedSpace(store: StudyStore, studyId: number, expected: SearchSpace): Promise<SearchSpace> {
  const first = new Map<string, StoredDistribution>();
  for await (const page of trialPages(store, studyId, { reports: false, details: true })) {
    for (const { distributions = {} } of page) {
      for (const [name, distribution] of Object.entries(distributions)) {
        if (!first.has(name)) first.set(name, distribution);
      }
    }
    if (expected.every(({ name }) => first.has(name))) break;
  }
  return expected.map((parameter): Parameter => {
    const distribution = first.get(parameter.name);
    // nothing here can be said of choices that only Python knows
    return distribution === undefined || distribution.kind === 'foreign' ? parameter : { ...parameter, distribution };
  });
}
