/** What a terminal's font can show. */
export type GlyphSet = 'braille' | 'block' | 'ascii';

export interface Glyphs {
  readonly set: GlyphSet;
  /** From low to high. */
  readonly levels: string;
  readonly barFull: string;
  readonly barEmpty: string;
  /** Top left, top right, bottom left, bottom right, horizontal, vertical. */
  readonly box: string;
  readonly ellipsis: string;
  readonly ascending: string;
  readonly descending: string;
  readonly dot: string;
  /** The axis beside a chart, and where a label meets it. */
  readonly axis: string;
  readonly tick: string;
}

export const GLYPHS: Readonly<Record<GlyphSet, Glyphs>> = {
  braille: {
    set: 'braille',
    levels: '▁▂▃▄▅▆▇█',
    barFull: '█',
    barEmpty: '░',
    box: '╭╮╰╯─│',
    ellipsis: '…',
    ascending: '↑',
    descending: '↓',
    dot: '·',
    axis: '│',
    tick: '┤',
  },
  block: {
    set: 'block',
    levels: '░▒▓█',
    barFull: '█',
    barEmpty: '░',
    box: '┌┐└┘─│',
    ellipsis: '~',
    ascending: '^',
    descending: 'v',
    dot: '·',
    axis: '│',
    tick: '┤',
  },
  ascii: {
    set: 'ascii',
    levels: '_.-=+*#@',
    barFull: '#',
    barEmpty: '.',
    box: '++++-|',
    ellipsis: '~',
    ascending: '^',
    descending: 'v',
    dot: '-',
    axis: '|',
    tick: '+',
  },
};

/**
 * Braille where the terminal can be expected to have it. The Linux console has no braille but has block and box characters;
 * a dumb terminal, or a locale without UTF-8, gets ASCII. `ASSAY_GLYPHS` decides where that is wrong.
 */
export function glyphSetFor(env: Readonly<Record<string, string | undefined>>): GlyphSet {
  const wanted = env.ASSAY_GLYPHS;
  if (wanted === 'braille' || wanted === 'block' || wanted === 'ascii') return wanted;
  if (env.TERM === 'dumb') return 'ascii';
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  if (locale !== '' && !/utf-?8/i.test(locale) && env.TERM !== undefined) return 'ascii';
  return env.TERM === 'linux' ? 'block' : 'braille';
}
