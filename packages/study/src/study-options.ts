import type { Pruner } from '@assay/pruner';
import type { Direction, Sampler } from '@assay/sampler';
import type { Json, ParamValues, Space } from '@assay/space';
import type { EarlierStudy } from './prior-from.js';
import type { Repeats } from './repeats.js';
import type { Owner, RetryLimits, StudyStore } from './study-store.js';

export interface StudyOptions<P> {
  readonly store: StudyStore;
  readonly name: string;
  /**
   * Left out when a study is created: its trials name their parameters while they run (`trial.suggestFloat`). Left out when
   * it is loaded: the stored space, with flat parameters.
   */
  readonly space?: Space<P>;
  /**
   * Whether a stored study may go on with other ranges of numbers, or other choices, than it had so far; a parameter of another
   * kind, scale or condition is refused anyway. What is accepted is stored, and said in the log. Default: accept.
   */
  readonly changes?: 'accept' | 'refuse';
  /** One per objective. Default: minimize. */
  readonly directions?: readonly Direction[];
  /** One name per objective. Default: value. */
  readonly metrics?: readonly string[];
  /** Default: the stored one, `DEFAULT_SAMPLER` in a new study. Another than the stored one is stored in its place. */
  readonly sampler?: Sampler;
  /** Default: the stored one, none in a new study. Another than the stored one is stored in its place. */
  readonly pruner?: Pruner;
  /** Any safe integer. Default: the stored one, a random one in a new study. */
  readonly seed?: number;
  /** Plain facts for people, stored with a new study. */
  readonly facts?: Readonly<Record<string, Json>>;
  /**
   * How many finished trials a new study is planned to have: samplers plan by it, nothing stops there. Stored with the study,
   * so that whoever resumes or joins it samples alike; later ones change nothing. Default: null, nobody said.
   */
  readonly budget?: number | null;
  /**
   * How many finished trials in all this run goes for; nothing stops there. Stored where it is more than the budget and than
   * runs before went for: processes that join the study later go for the same. Default: null, nobody said.
   */
  readonly goal?: number | null;
  /**
   * How often each trial runs its objective, each time with another seed; a count alone takes the mean. The trial's reports
   * are then the repeats' values, step 0, 1, 2 ..., and the pruner is asked after each. With `ask` and `tell` the caller
   * repeats. Default: the stored ones, once in a new study. Others than the stored ones are refused: values that average
   * differently do not compare.
   */
  readonly repeats?: number | Partial<Repeats>;
  /**
   * The metric that reports are of, and that trials are pruned by. Default: the stored one; in a new study the only metric,
   * with several none, and then nothing is pruned. Another than the stored one is refused.
   */
  readonly pruneMetric?: string;
  /**
   * An earlier study whose finished trials a new study starts from, as a prior of lower weight (`priorFrom`). They are copied
   * when the study is created; for one that exists this changes nothing.
   */
  readonly warmStart?: EarlierStudy;
  /**
   * Tried first in a new study, by flat names, of which any may be left out (`Study.enqueueValues`). They are made together
   * with the study: of processes that create it at once only one enqueues them.
   */
  readonly enqueue?: readonly ParamValues[];
  /** Default: 1 after a worker's or a process's death, 3 where what died is resumed on its own host. */
  readonly retries?: RetryLimits;
  /**
   * For how many milliseconds a trial's reports may wait to be written together, and how old what is known of other processes'
   * reports may be when the pruner is asked. 0 writes and reads each at once. Default: 500.
   */
  readonly reportDelayMs?: number;
  /** Who runs trials here. Default: a new owner for this process. */
  readonly owner?: Owner;
}
