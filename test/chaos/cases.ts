import type {Case} from './case.ts';
import {cursorCases} from './cases/cursors.ts';
import {cutCases} from './cases/cuts.ts';
import {folderCases} from './cases/folders.ts';
import {keyCases} from './cases/keys.ts';
import {killCases} from './cases/kills.ts';
import {smugglerCases} from './cases/smugglers.ts';
import {spyCases} from './cases/spies.ts';
import {timeCases} from './cases/time.ts';

/** All cases, in the order in which they run. */
export const cases: readonly Case[] = [
	...[...killCases, ...cutCases, ...keyCases, ...cursorCases, ...timeCases, ...folderCases],
	...[...spyCases, ...smugglerCases],
];
