import {Session} from '../../../source/session/session.ts';
import {makePassingStore} from '../../../source/session/store/session-store.ts';
import {TestKey} from '../../support/extended-peer.ts';
import type {Case, Stage, Tally} from '../case.ts';
import {enter} from '../enter.ts';
import {type ConnectionFaults, startFaultProxy} from '../fault-proxy.ts';
import {StoreHost} from '../store-host.ts';
import {until} from '../until.ts';

/** Messages that each of two says to the other. */
const each = 10;
/** How long a connection stays half-open, in ms: a system needs minutes to find out by itself. */
const halfOpenMs = 1000;
/** Exchanges at once. */
const atOnce = 24;
/** In the short form one of so many offsets is tried. */
const quickStep = 151;

/** One of two who talk, and what it is told. */
class Talker {
	readonly session: Session;
	readonly texts: string[] = [];
	readonly refused: string[] = [];
	accepted = 0;

	constructor(port: number, login: string, key: TestKey | undefined) {
		const address = {host: '127.0.0.1', port};
		// A host that is slow, as all of it runs in here, is not to be taken for a plain one.
		this.session = new Session({address, login, steadyMs: 0, settleMs: 10_000});
		this.session.on('messages', all => this.texts.push(...all.map(({text}) => text)));
		this.session.on('posts', (ids, state) => {
			if (state === 'accepted') this.accepted += ids.length;
			else this.refused.push(state);
		});
		this.session.start({agent: 'chaos', identity: key as never, store: makePassingStore()});
	}

	get isDone(): boolean {
		return this.accepted >= each && this.texts.length >= each;
	}
}

/** A host's address, to be reached from one of many machines: no single one may bind so many names in an hour. */
const fromElsewhere = ({address}: StoreHost, number: number) => ({
	...address,
	localAddress: `127.1.${(number >> 8) & 255}.${number & 255}`,
});

type Exchange = {readonly problem: string | undefined; readonly bytes: {toServer: number; toClient: number}};

/**
 * Has two say ten lines to each other; one connection of one of them has these faults: the first, or the second if it has
 * to know the host, which it would else take for a plain one when the welcome is late.
 */
const exchange = async (
	host: StoreHost,
	number: number,
	faults: ConnectionFaults,
	knowsHost = false,
): Promise<Exchange> => {
	const [one, other] = [`one${number}`, `other${number}`];
	const key = new TestKey();
	// So that a challenge is among what is cut.
	await (await enter(fromElsewhere(host, number), one, key)).peer.peer.leave();
	const proxy = await startFaultProxy(host.port, connection =>
		connection === (knowsHost ? 1 : 0) ? faults : {},
	);
	const talkers = [new Talker(host.port, other, undefined), new Talker(proxy.port, one, key)] as const;
	const [second, first] = talkers;
	await until(() => second.session.status.phase === 'open');
	if (knowsHost) {
		await until(() => first.session.status.phase === 'open');
		proxy.cutAll();
	}
	const lines = Array.from({length: each}, (_, at) => `line ${at} of ${number}`);
	for (const line of lines) {
		first.session.send([other], line);
		second.session.send([one], line);
	}
	const isDone = () => talkers.every(talker => talker.isDone);
	const isHalfOpen = (faults.toServer?.deafAt ?? faults.toClient?.deafAt) !== undefined;
	if (isHalfOpen && !(await until(isDone, halfOpenMs))) proxy.cutAll();
	await until(isDone);
	await Promise.all(talkers.map(({session}) => session.stop()));
	const bytes = {...proxy.passed};
	proxy.close();
	const wrong = talkers.flatMap(({texts, accepted, refused, session}) =>
		texts.join() === lines.join() && accepted === each && refused.length === 0
			? []
			: [
					`${accepted} accepted, ${refused.length} refused, read ${texts.join()}; ${JSON.stringify(session.status)}`,
				],
	);
	return {problem: wrong[0], bytes};
};

/** Where to cut: each byte of each direction, with FIN and RST in turn. */
const cutsOf = ({toServer, toClient}: Exchange['bytes'], step: number): ConnectionFaults[] => {
	const cutAt = (bytes: number) =>
		Array.from({length: Math.ceil((bytes + 1) / step)}, (_, at) => ({
			cutAt: at * step,
			cutWith: at % 2 === 0 ? ('FIN' as const) : ('RST' as const),
		}));
	return [...cutAt(toServer).map(one => ({toServer: one})), ...cutAt(toClient).map(one => ({toClient: one}))];
};

const runAll = async (
	stage: Stage,
	host: StoreHost,
	all: readonly ConnectionFaults[],
	knowsHost = false,
): Promise<Tally> => {
	let number = 1;
	let wrong = 0;
	const waiting = all.values();
	const work = async () => {
		for (const faults of waiting) {
			const {problem} = await exchange(host, number++, faults, knowsHost);
			if (problem !== undefined && ++wrong <= 5) stage.expect(false, `${JSON.stringify(faults)}: ${problem}`);
			if (number % 500 === 0) stage.tell(`${number} of ${all.length}`);
		}
	};
	await Promise.all(Array.from({length: atOnce}, work));
	return {tries: all.length, acked: (all.length - wrong) * 2 * each, lost: wrong, doubled: 0};
};

export const cutCases: readonly Case[] = [
	{
		name: 'connection cut at every byte',
		async run(stage) {
			const host = await StoreHost.start();
			const {problem, bytes} = await exchange(host, 0, {});
			stage.expect(problem === undefined, `without a cut: ${problem}`);
			stage.note(`${bytes.toServer} bytes to the host and ${bytes.toClient} to the client`);
			const tally = await runAll(stage, host, cutsOf(bytes, stage.isQuick ? quickStep : 1));
			await host.stop();
			return tally;
		},
	},
	{
		name: 'connection delayed, torn, stalled, half-open',
		async run(stage) {
			const host = await StoreHost.start();
			const {random} = stage;
			const all = Array.from({length: stage.isQuick ? 6 : 200}, (): ConnectionFaults => {
				const at = random.between(0, 1500);
				const kinds = [
					{pieceBytes: random.between(1, 5)},
					{delayMs: random.between(1, 20), pieceBytes: random.between(20, 200)},
					{stallAt: at, stallMs: random.between(10, stage.isQuick ? 300 : 3000)},
					// Nothing passes any more, and nobody is told until the whole connection is cut.
					{deafAt: at},
				];
				return {toServer: random.pick(kinds), toClient: random.pick(kinds)};
			});
			const tally = await runAll(stage, host, all, true);
			await host.stop();
			return tally;
		},
	},
];
