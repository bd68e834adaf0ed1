import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, type StudyRecord, type StudyStore, type TrialRecord, trialPages } from '@assay/study';
import { formatJsonLine } from '../format/json.js';
import { formatParams } from '../format/params.js';
import { moreTrialsHint, storedGoOnCommand } from '../go-on-command.js';
import { withExistingStore } from '../open-store.js';
import { print } from '../output.js';
import { watchedLines } from '../plain-reporter.js';
import { requireStudyOrNewest } from '../require-study.js';
import { commandStyle } from '../store-command.js';
import { hasScreen } from '../terminal.js';

interface WatchOptions {
  readonly store: string;
  readonly plain?: true;
  readonly json?: true;
  readonly altScreen: boolean;
}

const POLL_MS = 1_000;
const QUIET_POLLS = 2;
/** Whoever runs a study takes what waits within seconds. */
const IDLE_POLLS = 10;

/** `assay watch [study]`: the dashboard of a study that runs elsewhere, or did. */
export async function watch(name: string | undefined, options: WatchOptions): Promise<void> {
  await withExistingStore(options.store, async (store) => {
    const study = await requireStudyOrNewest(store, name);
    if (options.json) await watchInLines(store, study, formatJsonLine, options.store);
    else if (hasScreen(options.plain)) await watchOnScreen(store, study, options);
    else {
      const line = watchedLines(study);
      await watchInLines(store, study, (trial) => `${line(trial)}\n`, options.store);
    }
  });
}

async function watchOnScreen(store: StudyStore, study: StudyRecord, options: WatchOptions): Promise<void> {
  const { altScreen, store: url } = options;
  const { runDashboard, storeSource } = await import('@assay/dashboard');
  const source = storeSource(store, study.name, { facts: [{ label: 'store', value: store.url }] });
  try {
    const paramsText = (params: Parameters<typeof formatParams>[0]): string => formatParams(params, 'args').trimEnd();
    const resume = storedGoOnCommand(study, url);
    const command = { ...commandStyle(url), ...(resume !== null && { resume }) };
    await runDashboard({ source, controls: null, command, paramsText, altScreen });
  } finally {
    source.close();
  }
}

/**
 * One line for each trial that has ended, until for two polls in a row no trial runs or waits (between two trials, none does),
 * or for longer none runs: then nobody takes those that wait.
 */
async function watchInLines(
  store: StudyStore,
  study: StudyRecord,
  line: (trial: TrialRecord) => string,
  url: string,
): Promise<void> {
  const told = new Set<number>();
  let from = 0; // all trials before have ended, and been told
  let quietPolls = 0;
  let idlePolls = 0;
  for (;;) {
    const open: TrialRecord[] = [];
    for await (const page of trialPages(store, study.id, { from })) {
      for (const trial of page.filter(({ number, state }) => isFinal(state) && !told.has(number))) {
        told.add(trial.number);
        await print(line(trial));
      }
      open.push(...page.filter(({ state }) => !isFinal(state)));
    }
    while (told.delete(from)) from += 1;
    quietPolls = open.length === 0 ? quietPolls + 1 : 0;
    idlePolls = open.some(({ state }) => state === 'running') ? 0 : idlePolls + 1;
    if (quietPolls === QUIET_POLLS) return;
    if (idlePolls === IDLE_POLLS) return tellOfWaiting(study, open, url);
    await sleep(POLL_MS);
  }
}

function tellOfWaiting(study: StudyRecord, trials: readonly TrialRecord[], store: string): void {
  const waiting = trials.filter(({ state }) => state === 'waiting').length;
  const what = waiting === 1 ? '1 trial waits' : `${waiting} trials wait`;
  process.stderr.write(`${what}, and nobody runs the study. ${moreTrialsHint(study, store)}\n`);
}
