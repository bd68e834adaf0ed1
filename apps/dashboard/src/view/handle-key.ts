import { KEY_BINDINGS, type KeyBinding, type KeyContext } from './key-bindings.js';
import type { Scene } from './scene.js';
import { notice, type Step, step } from './step.js';
import { answer } from './study-actions.js';
import { typeText } from './table-actions.js';

/** What a key comes to. A key that can do nothing now says why. */
export function handleKey(scene: Scene, context: KeyContext): Step {
  const { key } = context;
  const seen = { ...scene, state: { ...scene.state, notice: null } };
  if (key !== 'ctrl+c') {
    if (scene.state.question !== null) return answer(seen, key);
    if (scene.state.isTyping) return typeText(seen, key);
  }
  const binding = bindingsOn(scene).find(({ keys }) => keys.includes(key));
  if (binding === undefined) return step(seen);
  const whyNot = binding.whyNot?.(scene) ?? null;
  if (whyNot !== null) return step(seen, { notice: notice(scene, whyNot, 'warning') });
  return binding.run(seen, context);
}

/** The bindings of the screen that is open, in the order of the table. */
export function bindingsOn({ state }: Pick<Scene, 'state'>): readonly KeyBinding[] {
  return KEY_BINDINGS.filter(({ on }) => on.includes(state.screen));
}
