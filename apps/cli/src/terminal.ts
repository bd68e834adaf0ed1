/** True where a full-screen dashboard can be drawn and operated. */
export function hasScreen(plain: true | undefined): boolean {
  const { CI, TERM } = process.env;
  const wanted = plain !== true && (CI === undefined || CI === '' || CI === 'false') && TERM !== 'dumb';
  return wanted && process.stdout.isTTY === true && process.stdin.isTTY === true;
}
