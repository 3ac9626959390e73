import type {Case} from './case.ts';
import {cutCases} from './cases/cuts.ts';
import {killCases} from './cases/kills.ts';

/** All cases, in the order in which they run. */
export const cases: readonly Case[] = [...killCases, ...cutCases];
