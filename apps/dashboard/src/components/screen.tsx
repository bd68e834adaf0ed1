import { Box } from 'ink';
import type { Theme } from '../draw/ansi-text.js';
import { block, fitLine } from '../draw/line.js';
import { footerLines } from '../panels/footer-lines.js';
import { headerLines, progressLine } from '../panels/header-lines.js';
import type { Scene } from '../view/scene.js';
import { Lines } from './lines.js';
import { Panel } from './panel.js';

export interface ScreenProps {
  readonly scene: Scene;
  readonly theme: Theme;
}

/** A whole frame: one row less than the terminal has. */
export function Screen({ scene, theme }: ScreenProps) {
  const { columns, height } = scene.layout;
  const head = [...headerLines(scene), progressLine(scene)];
  const foot = footerLines(scene).map((line) => fitLine(line, columns));
  return (
    <Box flexDirection="column" width={columns} height={height}>
      <Lines lines={head} width={columns} theme={theme} />
      {scene.state.screen === 'overview' ? (
        <Overview scene={scene} theme={theme} />
      ) : (
        <Page scene={scene} theme={theme} />
      )}
      <Lines lines={foot} width={columns} theme={theme} />
    </Box>
  );
}

function Overview({ scene, theme }: ScreenProps) {
  const { bands, bodyRows, columns } = scene.layout;
  return (
    <Box flexDirection="column" width={columns} height={bodyRows} flexShrink={0}>
      {bands.map((band, row) => (
        <Box key={row} height={band.height} flexShrink={0}>
          {band.columns.map(({ width, panels }, column) => (
            <Box key={column} flexDirection="column" width={width} flexShrink={0}>
              {panels.map(({ id, height }) => (
                <Panel key={id} id={id} scene={scene} width={width} height={height} theme={theme} />
              ))}
            </Box>
          ))}
        </Box>
      ))}
    </Box>
  );
}

function Page({ scene, theme }: ScreenProps) {
  const { columns, bodyRows } = scene.layout;
  const drawn = scene.page.slice(scene.state.scroll, scene.state.scroll + bodyRows);
  return <Lines lines={block(drawn, columns, bodyRows, scene.glyphs.ellipsis)} width={columns} theme={theme} />;
}
