import type {Case} from './case.ts';
import {endlessLinesCase} from './cases/01-endless-lines.ts';
import {invalidUtf8Case} from './cases/02-invalid-utf8.ts';
import {muteCase} from './cases/03-mute.ts';
import {cyclesCase} from './cases/04-cycles.ts';
import {neverReadCase} from './cases/05-never-read.ts';
import {crowdCase} from './cases/06-crowd.ts';
import {oneNameCase} from './cases/07-one-name.ts';
import {floodCases} from './cases/08-flood.ts';
import {foreignCase} from './cases/09-foreign.ts';
import {lastMomentsCase} from './cases/10-last-moments.ts';
import {clockCase, stoppedCase} from './cases/11-stopped-clocks.ts';
import {soakCase} from './cases/12-soak.ts';

/** All cases, in the order of their numbers. */
export const cases: readonly Case[] = [
	endlessLinesCase,
	invalidUtf8Case,
	muteCase,
	cyclesCase,
	neverReadCase,
	crowdCase,
	oneNameCase,
	...floodCases,
	foreignCase,
	lastMomentsCase,
	stoppedCase,
	clockCase,
	soakCase,
];
