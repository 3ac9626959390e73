import type {Case, Stage, Tally} from '../case.ts';
import {Storm} from '../storm.ts';

/** Kills from which on their share is looked at. */
const fewKills = 20;

/** Times between two kills, in ms. */
const breath = {least: 30, most: 120};
/** How long a host that was killed may take until it accepts again, 95 of 100 times, in ms. */
const mostReturnMs = 1000;
/** The part of the kills at which something has to be under way, or they show too little. */
const leastUnderWay = 0.75;

const storm = async (
	stage: Stage,
	kill: (storm: Storm) => Promise<void>,
	areGuests = false,
): Promise<Tally> => {
	const {random, kills, expect, note, tell, judgesTime, isQuick} = stage;
	const all = await Storm.start({random, clients: isQuick ? 2 : 4, areGuests});
	for (let count = 1; count <= kills; count++) {
		tell(`${count} of ${kills}`);
		await all.talk(breath.least, breath.most);
		await kill(all);
	}
	await all.talk(breath.least, breath.most);
	const {verdict, books} = await all.judge();
	const {lost, doubled, disordered, foreign} = verdict.counts;
	if (all.hostKills.length > 0) {
		const underWay = all.countWaitedFor(books);
		note(`${underWay} of ${kills} kills with a send in flight`);
		// Of a few kills in a short form all may fall between two sends.
		const least = kills < fewKills ? 0 : leastUnderWay * kills;
		expect(underWay >= least, `only ${underWay} of ${kills} kills had a send in flight`);
		const times = all.returns.toSorted((a, b) => a - b);
		const [half = 0, most = 0, longest = 0] = [0.5, 0.95, 1].map(
			part => times[Math.ceil(times.length * part) - 1],
		);
		note(
			`accepting again after ${[half, most, longest].map(ms => ms.toFixed(0)).join('/')} ms (half/95 %/all)`,
		);
		expect(!judgesTime || most < mostReturnMs, `accepting again took ${most.toFixed(0)} ms (95 %)`);
	}
	const waiting = all.waitingAtKills.filter(count => count > 0);
	if (all.waitingAtKills.length > 0) {
		const sum = waiting.reduce((total, count) => total + count, 0);
		note(
			`${waiting.length} of ${all.waitingAtKills.length} clients killed with ${sum} lines in their outboxes`,
		);
	}
	const read = books.people.read.reduce((total, {lines}) => total + lines.length, 0);
	note(`${read} lines read by plain people`);
	if (verdict.refused > 0) note(`${verdict.refused} refused`);
	expect(lost + doubled + disordered + foreign === 0, `${JSON.stringify(verdict.counts)}`);
	for (const example of verdict.examples) expect(false, example);
	return {tries: kills, acked: verdict.acked, lost, doubled};
};

export const killCases: readonly Case[] = [
	{name: 'host killed', run: stage => storm(stage, all => all.killHost())},
	{
		name: 'host of guests killed',
		run: stage => storm({...stage, kills: Math.ceil(stage.kills / 4)}, all => all.killHost(), true),
	},
	{name: 'client killed', run: stage => storm(stage, all => all.killClient())},
	{
		name: 'host and client killed',
		run: stage => storm({...stage, kills: Math.ceil(stage.kills / 2)}, all => all.killHost(true)),
	},
];
