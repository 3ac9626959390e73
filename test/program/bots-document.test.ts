import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {onCleanup} from '../support/cleanup.ts';
import {programCommand} from '../support/dist.ts';
import {programEnvironment, temporaryFolder} from '../support/environment.ts';
import {ExtendedPeer} from '../support/extended-peer.ts';
import {faultOf, inputTypes, outputTypes} from '../support/json-schema.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';

const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/bots.md'), 'utf8');
const blocks = (language: string) =>
	[...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
		([, block]) => block as string,
	);

const has = (tool: string) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

/** Runs a text of the document as it stands there, with the program by the name that it has there. */
function runBot(
	language: string,
	name: string,
	args: readonly string[],
	stderr: 'inherit' | 'ignore' = 'inherit',
): ChildProcess {
	const folder = temporaryFolder();
	const program = programCommand([]).map(part => `'${part}'`);
	const files = {
		'a-chat-tui': `#!/bin/sh\nexec ${program.join(' ')} "$@"\n`,
		[name]: blocks(language)[0] ?? '',
	};
	for (const [file, content] of Object.entries(files)) {
		writeFileSync(path.join(folder, file), content);
		chmodSync(path.join(folder, file), 0o755);
	}
	const PATH = `${folder}${path.delimiter}${process.env.PATH}`;
	const bot = spawn(path.join(folder, name), args, {
		cwd: folder,
		// A group of its own, as it starts the program, which has to end with it.
		detached: true,
		env: programEnvironment(temporaryFolder(), {PATH}),
		stdio: ['ignore', 'inherit', stderr],
	});
	onCleanup('test', () => {
		try {
			if (bot.pid !== undefined) process.kill(-bot.pid, 'SIGKILL');
		} catch {}
	});
	return bot;
}

const isThere = async (alice: ExtendedPeer, login: string) => {
	for (let line = await alice.next(); !(line.type === 'join' && line.login === login); )
		line = await alice.next();
};

/** Says something to a bot, and returns what it answers. */
async function askBot(alice: ExtendedPeer, bot: string, question: string): Promise<unknown> {
	alice.say({type: 'send', key: question.replace(/\W/g, ''), to: [bot], text: question});
	return (await alice.until('msg')).at(-1);
}

test.skipIf(!has('jq'))('the bot in shell answers (skipped where there is no jq)', async () => {
	const {port} = await startHost();
	const alice = await ExtendedPeer.withAll({host: '127.0.0.1', port}, 'alice');
	const [code = ''] = blocks('bash');
	expect(code.trim().split('\n').length).toBeLessThanOrEqual(12);
	runBot('bash', 'pingbot', ['--join', `127.0.0.1:${port}`]);
	await isThere(alice, 'pingbot');

	expect(await askBot(alice, 'pingbot', '!ping')).toMatchObject({
		from: 'pingbot',
		to: ['alice'],
		text: 'pong',
	});
});

test.skipIf(!has('python3'))('the bot in Python answers (skipped where there is no python3)', async () => {
	const {port} = await startHost();
	const alice = await ExtendedPeer.withAll({host: '127.0.0.1', port}, 'alice');
	runBot('python', 'whobot', ['--join', `127.0.0.1:${port}`]);
	await isThere(alice, 'whobot');

	expect(await askBot(alice, 'whobot', 'who')).toMatchObject({
		...{from: 'whobot', to: ['alice']},
		text: expect.stringMatching(/^here are (?:alice, whobot|whobot, alice)$/),
	});
});

test.skipIf(!has('python3'))(
	'a bot whose program cannot begin ends as that does (skipped where there is no python3)',
	async () => {
		const {port} = await startHost();
		const owner = await Peer.login({host: '127.0.0.1', port}, 'whobot');
		const bot = runBot('python', 'whobot', ['--join', `127.0.0.1:${port}`], 'ignore');

		expect(await once(bot, 'exit')).toEqual([1, null]);
		await owner.leave();
	},
);

test('every object that the document shows is one by the schema, and each type is shown', () => {
	const objects = blocks('json').flatMap(block =>
		block
			.trim()
			.split('\n')
			.map(line => JSON.parse(line) as {readonly type: string}),
	);
	const valid = {output: new Set<string>(), input: new Set<string>()};
	for (const object of objects) {
		const faults = (['output', 'input'] as const).map(side => {
			const fault = faultOf(object, side);
			if (fault === undefined) valid[side].add(object.type);
			return fault;
		});
		expect(faults, JSON.stringify(object)).toContain(undefined);
	}
	const shownElsewhere = new Set(['room-leave', 'search']);
	expect(outputTypes.filter(type => !valid.output.has(type) && !shownElsewhere.has(type))).toEqual([]);
	expect(inputTypes.filter(type => !valid.input.has(type))).toEqual([]);
	expect(blocks('bash')).toHaveLength(1);
	expect(blocks('python')).toHaveLength(1);
});
