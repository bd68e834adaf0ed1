import type { Glyphs } from './glyphs.js';

/** `share` of `width` cells filled; anything above nothing shows, and only all of it looks full. */
export function bar(share: number, width: number, { barFull, barEmpty }: Glyphs): string {
  if (width <= 0) return '';
  const exact = Math.min(Math.max(share, 0), 1) * width;
  const filled = exact > 0 && exact < 1 ? 1 : Math.floor(exact);
  return barFull.repeat(filled) + barEmpty.repeat(width - filled);
}
