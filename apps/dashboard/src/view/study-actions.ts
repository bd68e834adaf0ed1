import type { TrialRecord } from '@assay/study';
import { isOver } from '../data/study-snapshot.js';
import { assayCommand } from './assay-command.js';
import type { Scene } from './scene.js';
import { chosenBest, chosenRunning, isRunning, mayLeave, studyName, trialOf, whyNoBest } from './scene-queries.js';
import { notice, type Step, step } from './step.js';

const READ_ONLY = 'this screen only watches: the study runs in another process';

export function whyNotPause({ canControl, snapshot }: Scene): string | null {
  if (!canControl) return READ_ONLY;
  const { kind } = snapshot.phase;
  return kind === 'running' || kind === 'paused' ? null : `there is nothing to pause: the study is ${kind}`;
}

export function togglePause(scene: Scene): Step {
  if (scene.snapshot.phase.kind === 'paused') {
    return step(scene, { notice: notice(scene, 'resumed') }, { kind: 'resume' });
  }
  return step(
    scene,
    { notice: notice(scene, 'paused: running trials go on, no new ones start, p resumes') },
    { kind: 'pause' },
  );
}

/** The running trial that `x` would stop: the open one, or the chosen one in the list of running trials. */
function stoppable(scene: Scene): number | null {
  const { screen, opened, focus } = scene.state;
  if (screen === 'trial') return opened !== null && isRunning(scene, opened) ? opened : null;
  return focus === 'running' ? (chosenRunning(scene)?.number ?? null) : null;
}

export function whyNotStop(scene: Scene): string | null {
  if (!scene.canControl) return READ_ONLY;
  if (scene.snapshot.running.length === 0) return 'no trial is running';
  if (stoppable(scene) !== null) return null;
  return scene.state.screen === 'trial' ? 'this trial has ended' : 'Tab goes to the running trials; choose one there';
}

export function askStop(scene: Scene): Step {
  return step(scene, { question: { kind: 'stop-trial', number: stoppable(scene)! } });
}

/** What the next Ctrl-C does; what design.md promises. */
export function interruptText(scene: Scene): string {
  if (mayLeave(scene)) return 'quit';
  switch (scene.stopping) {
    case 'no':
      return 'stop after running trials';
    case 'finish-running':
      return 'stop trials at next report';
    case 'at-next-report':
      return 'leave at once';
  }
}

export function interrupt(scene: Scene): Step {
  if (mayLeave(scene)) return step(scene, {}, { kind: 'exit', exit: 'quit' });
  if (scene.stopping === 'at-next-report') return step(scene, {}, { kind: 'exit', exit: 'abort' });
  return step(scene, { question: null }, { kind: 'request-stop' });
}

export function askQuit(scene: Scene): Step {
  if (mayLeave(scene)) return step(scene, {}, { kind: 'exit', exit: 'quit' });
  if (scene.stopping === 'no') return step(scene, { question: { kind: 'quit' } });
  return step(scene, {
    notice: notice(scene, 'already stopping: the screen closes when the running trials have ended'),
  });
}

/** Answers a question: its own key again, y or Enter for yes, anything else for no. */
export function answer(scene: Scene, key: string): Step {
  const { question } = scene.state;
  if (question === null) return step(scene);
  const isYes = key === 'y' || key === 'enter' || key === (question.kind === 'quit' ? 'q' : 'x');
  if (!isYes) return step(scene, { question: null });
  if (question.kind === 'quit') return step(scene, { question: null }, { kind: 'request-stop' });
  if (!isRunning(scene, question.number)) {
    return step(scene, { question: null, notice: notice(scene, `trial ${question.number} has ended by itself`) });
  }
  return step(
    scene,
    { question: null, notice: notice(scene, `stopping trial ${question.number}`) },
    { kind: 'stop-trial', number: question.number },
  );
}

export function questionText({ state, snapshot }: Scene): string | null {
  switch (state.question?.kind) {
    case undefined:
      return null;
    case 'stop-trial':
      return `Stop trial ${state.question.number}? It ends as failed.  x yes   any other key no`;
    case 'quit':
      return snapshot.running.length === 0
        ? 'Stop the study?  q yes   any other key no'
        : 'Stop the study once its running trials have finished?  q yes   any other key no';
  }
}

export function whyNotCopy(scene: Scene): string | null {
  if (scene.state.screen === 'trial') return null;
  return scene.snapshot.best.length === 0 ? whyNoBest(scene) : null;
}

/** Copies the parameters of the open trial, or of the best: with several objectives the chosen one of the front. */
export function copyParameters(scene: Scene, toText: (trial: TrialRecord) => string): Step {
  const { state, snapshot, command } = scene;
  const trial = state.screen === 'trial' ? trialOf(scene, state.opened) : chosenBest(scene);
  if (trial === null) return step(scene);
  const isBest = snapshot.best.length === 1 && snapshot.best[0]?.number === trial.number;
  const said = isBest
    ? assayCommand(command, 'best', studyName(scene), '--format args')
    : assayCommand(command, 'best', `${studyName(scene)}@${trial.number}`, '--format args');
  const text = `copied the parameters of trial ${trial.number}`;
  return step(scene, { notice: notice(scene, text, 'good', said) }, { kind: 'copy', text: toText(trial) });
}

/** What the bottom of the screen says of the way back into a study that is left. */
export function resumeText(scene: Scene): string {
  const name = studyName(scene);
  if (name === '') return '';
  const command = scene.command.resume ?? assayCommand(scene.command, 'run', name);
  if (!scene.canControl) return `watching: it runs, or goes on, with ${command}`;
  if (isOver(scene.snapshot.phase)) return `go on with: ${command}`;
  return `resume any time with: ${command}`;
}
