import { type Instance, render } from 'ink';
import type { FrameWriter } from '../terminal/frame-writer.js';
import { App, type AppProps } from './app.js';

/** `debug` makes Ink hand over whole frames instead of moving the cursor itself: see `FrameWriter`. */
export function mountApp(props: AppProps, frames: FrameWriter, stdin: NodeJS.ReadStream): Instance {
  return render(<App {...props} />, {
    stdout: frames as unknown as NodeJS.WriteStream,
    stdin,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
}
