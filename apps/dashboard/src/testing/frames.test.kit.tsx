import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink';
import { Screen } from '../components/screen.js';
import type { Scene } from '../view/scene.js';

/** A whole frame as Ink hands it over: rows without styles. */
export function frameOf(scene: Scene): readonly string[] {
  let frame = '';
  const stdout = Object.assign(
    new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        if (chunk !== '') frame = chunk;
        done();
      },
    }),
    { columns: scene.layout.columns },
  ) as unknown as NodeJS.WriteStream;
  const app = render(<Screen scene={scene} theme={{ hasColor: true }} />, { stdout, debug: true, patchConsole: false });
  app.unmount();
  return stripVTControlCharacters(frame).split('\n');
}
