import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromStoredTime, toStoredTime } from './stored-time.js';

const MOMENT = Date.UTC(2026, 10, 20, 18, 25, 8, 47);

it('writes UTC with six digits', () => {
  expect(toStoredTime(MOMENT)).toBe('2026-11-20 18:25:08.047000');
});

it.each([
  { text: '2026-11-20 18:25:08.047000', ms: MOMENT },
  { text: '2026-11-20 18:25:08.047999', ms: MOMENT },
  { text: '2026-11-20 18:25:08.047', ms: MOMENT },
  { text: '2026-11-20T18:25:08.047Z', ms: MOMENT },
  { text: '2026-11-20 18:25:08', ms: MOMENT - 47 },
  { text: '2026-11-20 18:25:08.5', ms: MOMENT + 453 },
  { text: 'yesterday', ms: null },
  { text: null, ms: null },
])('reads $text', ({ text, ms }) => {
  expect(fromStoredTime(text)).toBe(ms);
});

it('reads back what it wrote', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 0) }), (ms) => {
      expect(fromStoredTime(toStoredTime(ms))).toBe(ms);
    }),
  );
});
