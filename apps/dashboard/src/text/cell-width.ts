import { stripVTControlCharacters } from 'node:util';

const SEGMENTER = new Intl.Segmenter();
/** ASCII and what we draw with: one cell and one UTF-16 unit each, and by far the most of every frame. */
const PLAIN = /^[\x20-\x7e·…←-↓─-▟⠀-⣿]*$/;

/** Scripts that terminals draw two cells wide (East Asian Width W and F, without emoji). */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2fb}\u{20000}-\u{3fffd}]/u;

/** Text from outside (names, errors, log lines) as it may be drawn: no control characters, and `?` for emoji, on whose width terminals disagree. */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  const visible = stripVTControlCharacters(text)
    .replace(/\t/g, '  ')
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ');
  return Array.from(SEGMENTER.segment(visible), ({ segment }) =>
    /\p{Extended_Pictographic}|\p{Regional_Indicator}|\ufe0f|\u200d/u.test(segment) && !/^[\x20-\u00ff]$/.test(segment)
      ? '?'
      : segment.replace(/\p{Cf}/gu, ''),
  ).join('');
}

/** How many terminal cells printable text takes. */
export function cellWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of SEGMENTER.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** Exactly `width` cells: cut with `mark` where it is too long, filled with spaces where it is too short. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left', mark = '…'): string {
  const cut = truncate(text, width, mark);
  const room = ' '.repeat(Math.max(0, width - cellWidth(cut)));
  return align === 'left' ? cut + room : room + cut;
}

/** At most `width` cells. */
export function truncate(text: string, width: number, mark = '…'): string {
  if (cellWidth(text) <= width) return text;
  return width <= 0 ? '' : take(text, width - 1) + mark;
}

/** As much of the text as fits whole into `width` cells. */
function take(text: string, width: number): string {
  let kept = '';
  let used = 0;
  for (const { segment } of SEGMENTER.segment(text)) {
    used += WIDE.test(segment) ? 2 : 1;
    if (used > width) break;
    kept += segment;
  }
  return kept;
}

/** Lines of at most `width` (two or more) cells, cut between words where that is possible. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (cellWidth(rest) > width) {
    const head = take(rest, Math.max(2, width));
    const space = head.lastIndexOf(' ');
    const fitsWhole = rest[head.length] === ' ';
    const at = space > width / 3 && !fitsWhole ? space : head.length;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}
