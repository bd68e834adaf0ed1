import type { MarkChange, StudyRecord, StudyStore, TrialMarks } from '@assay/study';
import { CliError } from '../cli-error.js';
import { formatJson } from '../format/json.js';
import { withExistingStore } from '../open-store.js';
import { requireStudy } from '../require-study.js';

/** Each begins with the trials it is of: `--tag @17 good`. */
export interface MarkOptions {
  readonly note?: readonly string[];
  readonly tag?: readonly string[];
  readonly untag?: readonly string[];
  readonly ignore?: readonly string[];
  readonly unignore?: readonly string[];
}

export interface TrialMark {
  readonly trial: number;
  readonly change: MarkChange;
}

/** What the options ask for, trial by trial; none where there is no such option. @throws {CliError} `BAD_OPTION` */
export function marksAsked({ note, tag, untag, ignore, unignore }: MarkOptions): readonly TrialMark[] {
  return [
    ...markOf('--note', note, true, (words) => ({ note: words.join(' ') })),
    ...markOf('--tag', tag, true, (addTags) => ({ addTags })),
    ...markOf('--untag', untag, true, (removeTags) => ({ removeTags })),
    ...markOf('--ignore', ignore, false, () => ({ ignored: true })),
    ...markOf('--unignore', unignore, false, () => ({ ignored: false })),
  ];
}

/** `@3 @4 good`: the same for trials 3 and 4. */
function markOf(
  option: string,
  words: readonly string[] | undefined,
  takesText: boolean,
  changeOf: (text: readonly string[]) => MarkChange,
): readonly TrialMark[] {
  if (words === undefined) return [];
  const after = words.findIndex((word) => !/^@\d+$/.test(word));
  const [named, text] = after < 0 ? [words, []] : [words.slice(0, after), words.slice(after)];
  if (named.length === 0 || text.length > 0 !== takesText) {
    const example = takesText ? `${option} @17 <text>` : `${option} @17`;
    throw new CliError('BAD_OPTION', `${option} cannot be '${words.join(' ')}'.`, `Write it like ${example}.`);
  }
  return named.map((word) => ({ trial: Number(word.slice(1)), change: changeOf(text) }));
}

/** `assay trials <study> --note|--tag|--untag|--ignore|--unignore @n`: stdout tells the trials' marks as they then are. */
export async function markTrials(
  name: string,
  marks: readonly TrialMark[],
  { store: url, json }: { readonly store: string; readonly json?: true },
): Promise<void> {
  const marked = await withExistingStore(url, async (store) => {
    const study = await requireStudy(store, name);
    const ids = new Map<number, number>();
    for (const { trial } of marks) ids.set(trial, await trialId(store, study, trial)); // before any of them is changed
    const after = new Map<number, TrialMarks>();
    for (const { trial, change } of marks) after.set(trial, await store.markTrial(ids.get(trial)!, change));
    return [...after].map(([trial, its]) => ({ trial, ...its }));
  });
  process.stdout.write(json ? formatJson(marked) : marked.map(markLine).join(''));
}

async function trialId(store: StudyStore, study: StudyRecord, number: number): Promise<number> {
  const [trial] = await store.readTrials(study.id, { from: number, limit: 1, reports: false });
  if (trial !== undefined) return trial.id;
  throw new CliError('NO_SUCH_TRIAL', `Study '${study.name}' has no trial ${number}.`);
}

function markLine({ trial, note, tags, ignored }: TrialMarks & { readonly trial: number }): string {
  const told = [ignored ? 'ignored' : '', ...tags.map((tag) => `[${tag}]`), note ?? ''].filter((text) => text !== '');
  return `@${trial}  ${told.length === 0 ? 'no marks' : told.join(' ')}\n`;
}
