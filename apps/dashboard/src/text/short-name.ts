import { cellWidth, truncate } from './cell-width.js';

/** A nested parameter's name in `width` cells: leading parts go first, `optimizer.sgd.momentum` becomes `sgd.momentum`. */
export function shortName(name: string, width: number, mark = '…'): string {
  let short = name;
  while (cellWidth(short) > width && short.includes('.')) short = short.slice(short.indexOf('.') + 1);
  return truncate(short, width, mark);
}
