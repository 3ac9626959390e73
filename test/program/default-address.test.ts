import {once} from 'node:events';
import {createServer} from 'node:http';
import {beforeAll, expect, test} from 'vitest';
import {say} from '../support/chat-screen.ts';
import {onCleanup} from '../support/cleanup.ts';
import {defaultPort, reserveDefaultAddress} from '../support/default-address.ts';
import {temporaryFolder} from '../support/environment.ts';
import {expectFailure} from '../support/expectations.ts';
import {Peer} from '../support/peer.ts';
import {runProgram, startProgram} from '../support/program.ts';
import {openTerminal, type TerminalScreen} from '../support/terminal.ts';

// The only file that uses the default address, so its tests follow one another.
beforeAll(() => reserveDefaultAddress(), 70_000);

const address = {host: '127.0.0.1', port: defaultPort};
// What others type to join is also on a screen that does not host, as long as nothing was said.
const isHosting = (screen: TerminalScreen): boolean => screen.row(0).includes('hosting 127.0.0.1:8080');
const isOn = ({isAlternate, cursor}: TerminalScreen): boolean => isAlternate && !cursor.isHidden;

test('--plain and --to do not host by themselves', async () => {
	expectFailure(await runProgram(['--plain', '--name=alice']), {code: 1, says: /127\.0\.0\.1:8080/});
});

test('a host listens there by default', async () => {
	const host = startProgram(['--host', '--headless']);
	await host.waitFor('\n');

	expect(host.stdout).toBe('listening on 127.0.0.1:8080\n');
});

test('the screen hosts where nobody does, and the next one joins it', async () => {
	const alice = await openTerminal({args: ['--name=alice']});
	await alice.waitFor(isHosting);
	const bob = await openTerminal({args: ['--name=bob']});
	// Whoever hosts is in a moment after the port is there: before, bob would be asked about her.
	await bob.waitFor('1 here: alice');
	say(bob, 'alice: who hosts?');
	await alice.waitFor('who hosts?');
	say(alice, 'bob: I do');

	await bob.waitFor('I do');
	expect([alice, bob].map(isHosting)).toEqual([true, false]);
});

test('five that start at once settle it between themselves', async () => {
	const names = ['ann', 'ben', 'cat', 'dan', 'eve'];
	const screens = await Promise.all(names.map(name => openTerminal({args: [`--name=${name}`]})));
	await Promise.all(screens.map(screen => screen.waitFor(isOn)));
	const peer = await loginWhenThere('peer');
	for (const [index, screen] of screens.entries()) {
		screen.type(`peer: from number ${index}`);
		// Who is not known to be here yet would be asked about.
		await screen.waitFor('[peer]');
		screen.press('enter', 'alt+0');
	}

	const lines = await peer.take(5);
	expect(lines.sort()).toEqual(names.map((name, index) => `from ${name}: from number ${index}`));
	expect(screens.filter(isHosting)).toHaveLength(1);
	peer.socket.destroy();
});

test.each(['SIGKILL', 'SIGTERM'] as const)(
	'when the hosting screen ends by %s, another takes over',
	async signal => {
		// One person's files, or those of one machine: whoever hosts next goes on with what was kept.
		const home = temporaryFolder();
		const alice = await openTerminal({args: ['--name=alice'], home});
		await alice.waitFor(isHosting);
		const [bob, carol] = await Promise.all(
			['bob', 'carol'].map(name => openTerminal({args: [`--name=${name}`], home})),
		);
		if (bob === undefined || carol === undefined) {
			throw new Error('Two screens were opened');
		}

		await sayUntilHeard(bob, carol, 'carol: before');
		alice.kill(signal);
		await alice.waitForExit();
		await sayUntilHeard(bob, carol, 'carol: after');
		await sayUntilHeard(carol, bob, 'bob: all are back');

		// Where it was told it may have scrolled away since.
		expect([bob, carol].filter(({raw}) => raw.includes('you host this chat'))).toHaveLength(1);
	},
);

test('a port that answers HTTP is no chat, and another port is proposed', async () => {
	const server = createServer().listen(address.port, address.host);
	await once(server, 'listening');
	onCleanup('test', () => {
		server.close();
	});
	const screen = await openTerminal({args: ['--name=alice']});

	expect(await screen.waitForExit()).toEqual({code: 1});
	expect(screen.text()).toContain('127.0.0.1:8080 answers HTTP, not chat: use --host --listen 8081');
});

/** A plain server drops what is for somebody who is not in yet, without a word: only saying it again helps. */
const sayUntilHeard = async (from: TerminalScreen, to: TerminalScreen, line: string): Promise<void> => {
	const text = line.slice(line.indexOf(': ') + 2);
	await expect
		.poll(
			async () => {
				// Who is not known to be here yet is asked about: then it still stands there.
				from.press('ctrl+u');
				say(from, line);
				return to.waitFor(text, {timeout: 500}).then(
					() => true,
					() => false,
				);
			},
			{interval: 1},
		)
		.toBe(true);
};

const loginWhenThere = async (login: string): Promise<Peer> => {
	let peer: Peer | undefined;
	await expect
		.poll(async () => {
			peer = await Peer.login(address, login).catch(() => undefined);
			return peer;
		})
		.toBeDefined();
	return peer as Peer;
};
