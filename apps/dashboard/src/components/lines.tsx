import { Box, Text } from 'ink';
import { memo } from 'react';
import { ansiText, type Theme } from '../draw/ansi-text.js';
import type { Line } from '../draw/line.js';

export interface LinesProps {
  /** Each exactly as wide as its place. */
  readonly lines: readonly Line[];
  readonly width: number;
  readonly theme: Theme;
}

/** Rows of text: one node each, and only those that differ are laid out again. */
export function Lines({ lines, width, theme }: LinesProps) {
  return (
    <Box flexDirection="column" width={width} height={lines.length} flexShrink={0}>
      {lines.map((line, row) => (
        <Row key={row} text={ansiText(line, theme)} />
      ))}
    </Box>
  );
}

const Row = memo(function Row({ text }: { readonly text: string }) {
  return <Text wrap="truncate-end">{text === '' ? ' ' : text}</Text>;
});
