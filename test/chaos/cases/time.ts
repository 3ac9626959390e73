import {globSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {temporaryFolder} from '../../support/environment.ts';
import type {Case, Stage, Tally} from '../case.ts';
import {enter} from '../enter.ts';
import {Storm} from '../storm.ts';

/** How long a program stands still, in ms: longer than any deadline of the wire. */
const stillMs = {quick: 300, full: 90_000};
const library = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')[0];
const hour = 3600;
const tenYears = 3652 * 24 * hour;

/** Ends a storm, and puts what the books say into the row. */
const close = async ({expect, note}: Stage, storm: Storm, tries: number): Promise<Tally> => {
	const {verdict, books} = await storm.judge();
	const {lost, doubled} = verdict.counts;
	const logins = books.clients.map(({trace}) =>
		trace.filter(event => event.type === 'phase' && event.phase === 'open'),
	);
	note(`${logins.flat().length - logins.length} logins more than the first`);
	const why = books.clients.flatMap(({trace}) =>
		trace.flatMap(event => (event.type === 'notice' ? [event.text.replace(/^not sent to [^:]*: /, '')] : [])),
	);
	if (verdict.refused > 0) note(`${verdict.refused} refused: ${[...new Set(why)].join('; ')}`);
	for (const example of verdict.examples) expect(false, example);
	return {tries, acked: verdict.acked, lost, doubled};
};

/** Programs that stand still, and clocks that jump. */
export const timeCases: readonly Case[] = [
	{
		name: 'SIGSTOP, then SIGCONT',
		async run(stage) {
			const ms = stage.isQuick ? stillMs.quick : stillMs.full;
			// Slow enough that what is said to somebody who stands still has room.
			const everyMs = stage.isQuick ? 5 : 400;
			const storm = await Storm.start({random: stage.random, clients: stage.isQuick ? 2 : 3, everyMs});
			await storm.talk(150, 200);
			storm.host.program.kill('SIGSTOP');
			await sleep(ms);
			storm.host.program.kill('SIGCONT');
			await storm.talk(150, 200);
			const [client] = storm.clients;
			client?.signal('SIGSTOP');
			await sleep(ms);
			client?.signal('SIGCONT');
			await storm.talk(150, 200);
			stage.note(`host and client stood still for ${ms / 1000} s each`);
			return close(stage, storm, 2);
		},
	},
	{
		name: 'clock set an hour and ten years back and forth',
		async run(stage) {
			if (library === undefined) {
				stage.skip('faketime is not installed');
				return {tries: 0};
			}
			const clock = path.join(temporaryFolder('test'), 'clock');
			const set = (seconds: number) => writeFileSync(clock, `${seconds < 0 ? '' : '+'}${seconds}\n`);
			set(0);
			// Only the wall clock: timers go by the monotonic one, as they do when a clock is set.
			const env = {
				LD_PRELOAD: library,
				FAKETIME_TIMESTAMP_FILE: clock,
				FAKETIME_NO_CACHE: '1',
				DONT_FAKE_MONOTONIC: '1',
				FAKETIME_DONT_FAKE_MONOTONIC: '1',
			};
			const storm = await Storm.start({random: stage.random, clients: 2, env});
			const steps = [hour, -hour, tenYears, -tenYears];
			for (const seconds of steps) {
				set(seconds);
				const {peer, welcome} = await enter(storm.host.address, 'watch', undefined);
				const ahead = (welcome.ts - Date.now()) / 1000;
				stage.expect(Math.abs(ahead - seconds) < 60, `moved by ${seconds} s, the clock is off by ${ahead} s`);
				await peer.peer.leave();
				await storm.talk(200, stage.isQuick ? 250 : 3000);
				if (!stage.isQuick || seconds === tenYears) await storm.killHost();
			}
			stage.note(`${storm.hostKills.length} kills meanwhile`);
			return close(stage, storm, steps.length);
		},
	},
];
