import path from 'node:path';
import type { StudyRecord } from '@assay/study';
import { shellQuoted } from './command-style.js';
import { storeCommand } from './store-command.js';
import { typedStudy } from './study-file.js';

/** Which study goes on, and how it is found. */
export interface GoingOn {
  /** The study file, or the built-in study, as a person types it. */
  readonly typed: string;
  /** The study's name in the store. */
  readonly name: string;
  /** The name in the study file: another one has to be said. */
  readonly nameInFile: string;
  /** The store as it was given. */
  readonly store: string;
}

/** `assay run ./my.study.ts --name second`: the command that goes on with a study. */
export function goOnCommand({ typed, name, nameInFile, store }: GoingOn, ...more: readonly string[]): string {
  const named = name === nameInFile ? [] : ['--name', shellQuoted(name)];
  return storeCommand(store, 'run', shellQuoted(typed), ...named, ...more);
}

/** The same as far as the store knows it; null for a study that `assay run` did not make. */
export function storedGoOnCommand(study: Pick<StudyRecord, 'name' | 'definition'>, store: string): string | null {
  const { name, definition } = study;
  const confirmed = definition?.confirms ?? null;
  if (confirmed !== null) return storeCommand(store, 'confirm', shellQuoted(confirmed));
  const file = definition?.facts.studyFile;
  if (typeof file !== 'string') return null;
  const typed = typedStudy(file);
  return goOnCommand({ typed, name, nameInFile: path.basename(typed).replace(/\.study\.[cm]?[jt]s$/, ''), store });
}

/** The way out where a study has too few trials. */
export function moreTrialsHint(study: Pick<StudyRecord, 'name' | 'definition'>, store: string): string {
  const list = `${storeCommand(store, 'trials', shellQuoted(study.name))}  lists them`;
  const command = storedGoOnCommand(study, store);
  return command === null ? `${list}.` : `${list}; ${command}  adds some.`;
}
