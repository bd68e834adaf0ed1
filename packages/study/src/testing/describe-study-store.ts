import { describe } from 'vitest';
import { itArchivesStudies } from './archive-contract.js';
import { itHandsOutTrials } from './claim-contract.js';
import type { OpenStore } from './contract-fixtures.js';
import { itIsSharedBetweenHandles, type ReopenStore } from './handle-contract.js';
import { itKeepsLeases } from './lease-contract.js';
import { itEnforcesTheLifeCycle } from './life-cycle-contract.js';
import { itKeepsMarks } from './marks-contract.js';
import { itReadsParts } from './read-contract.js';
import { itKeepsStudies } from './study-contract.js';
import { itKeepsTrialData } from './trial-data-contract.js';

/**
 * Declares the tests that every `StudyStore` must pass.
 * @param backend its name in the test report
 * @param open makes a fresh, empty store; the suite closes it
 * @param reopen another handle on the same data, where the backend has such a thing
 */
export function describeStudyStore(backend: string, open: OpenStore, reopen?: ReopenStore): void {
  describe(`StudyStore contract: ${backend}`, () => {
    describe('studies', () => itKeepsStudies(open));
    describe('claims', () => itHandsOutTrials(open));
    describe('trial data', () => itKeepsTrialData(open));
    describe('life cycle', () => itEnforcesTheLifeCycle(open));
    describe('leases', () => itKeepsLeases(open));
    describe('parts', () => itReadsParts(open));
    describe('marks', () => itKeepsMarks(open));
    describe('archive', () => itArchivesStudies(open));
    if (reopen !== undefined) describe('handles', () => itIsSharedBetweenHandles(open, reopen));
  });
}
