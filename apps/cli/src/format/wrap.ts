/** Joins parts into lines of at most `width` cells, each behind the indent; a part that is longer alone has a line of its own. */
export function wrapParts(
  parts: readonly string[],
  { separator, indent, width }: { readonly separator: string; readonly indent: string; readonly width: number },
): string {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length === 0 ? undefined : `${lines.at(-1)}${separator}${part}`;
    if (longer !== undefined && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(`${indent}${part}`);
  }
  return lines.join('\n');
}
