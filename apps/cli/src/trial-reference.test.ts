import { describe, expect, it } from 'vitest';
import { parseTrialReference } from './trial-reference.js';

describe('parseTrialReference', () => {
  it.each([
    { text: 'taxifare@17', study: 'taxifare', trial: { kind: 'number', number: 17 } },
    { text: 'taxifare@best', study: 'taxifare', trial: { kind: 'best' } },
    { text: 'taxifare@latest', study: 'taxifare', trial: { kind: 'latest' } },
    { text: 'taxifare', study: 'taxifare', trial: { kind: 'best' } },
    { text: 'team@home@0', study: 'team@home', trial: { kind: 'number', number: 0 } },
  ])('$text', ({ text, study, trial }) => {
    expect(parseTrialReference(text)).toEqual({ study, trial });
  });

  it.each(['', '@3', 'taxifare@', 'taxifare@-1', 'taxifare@1.5', 'taxifare@beste'])('refuses %j', (text) => {
    expect(() => parseTrialReference(text)).toThrow(expect.objectContaining({ code: 'BAD_REFERENCE' }));
  });
});
