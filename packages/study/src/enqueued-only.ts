import type { Sampler } from '@assay/sampler';

/** Suggests nothing: a confirmation runs what is enqueued, and then it is through. */
export const ENQUEUED_ONLY: Sampler = { name: 'enqueued', settings: {}, suggest: () => null };
