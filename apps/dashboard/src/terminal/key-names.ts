import type { Key } from 'ink';

const NAMED = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'], // terminals send 0x7F for backspace, which Ink calls delete
] as const satisfies readonly (readonly [keyof Key, string])[];

/** Control characters that arrive inside a longer chunk, when someone types faster than we read. */
const CONTROLS: Readonly<Record<string, string>> = {
  '\x03': 'ctrl+c',
  '\x0c': 'ctrl+l',
  '\x08': 'backspace',
  '\x7f': 'backspace',
  '\x1b': 'esc',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
};

/** What Ink heard, as names of keys in order: `up`, `ctrl+c`, `q`, `G`. Pasted text gives a name for each character. */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.tab) return [key.shift ? 'shift+tab' : 'tab'];
  const named = NAMED.find(([flag]) => key[flag]);
  if (named !== undefined) return [named[1]];
  if (key.ctrl) return [`ctrl+${input}`];
  return Array.from(input, (character) => CONTROLS[character] ?? character);
}
