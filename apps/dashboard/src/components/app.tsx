import { useInput } from 'ink';
import { useSyncExternalStore } from 'react';
import type { Theme } from '../draw/ansi-text.js';
import { keyNames } from '../terminal/key-names.js';
import type { DashboardController } from '../view/dashboard-controller.js';
import { Screen } from './screen.js';

export interface AppProps {
  readonly controller: DashboardController;
  readonly theme: Theme;
  /** False without a terminal to read keys from: raw mode would throw. */
  readonly hasKeys: boolean;
}

/** Draws the controller's scenes and tells it the keys. */
export function App({ controller, theme, hasKeys }: AppProps) {
  const scene = useSyncExternalStore(controller.subscribe, controller.getScene);
  useInput(
    (input, key) => {
      for (const name of keyNames(input, key)) controller.press(name);
    },
    { isActive: hasKeys },
  );
  return <Screen scene={scene} theme={theme} />;
}
