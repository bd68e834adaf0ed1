import type { Json } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { readNote, writeNote } from './cma-es-note.js';

describe('a note', () => {
  it.each([
    { generation: 0, from: '', restart: false, draw: 0, attempt: 0 },
    { generation: 7, from: '40-47', restart: true, draw: 51, attempt: 2 },
  ])('comes back: $generation', (note) => {
    expect(readNote(JSON.parse(JSON.stringify(writeNote(note))) as Json)).toEqual(note);
  });

  it.each<Json>([
    null,
    3,
    'cma-es',
    ['cma-es'],
    {},
    { 'cma-es': null },
    { 'cma-es': { generation: 1, from: '', draw: 0 } },
    { 'cma-es': { generation: -1, from: '', draw: 0, attempt: 0 } },
    { 'cma-es': { generation: 1, from: 4, draw: 0, attempt: 0 } },
  ])("is not read into somebody else's: %j", (json) => {
    expect(readNote(json)).toBeNull();
  });
});
