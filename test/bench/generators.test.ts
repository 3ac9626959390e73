import {expect, test} from 'vitest';
import {generate} from '../../bench/generators.ts';
import {Client} from '../../bench/load/client.ts';
import {plain} from '../../bench/load/dialect.ts';
import {describeFaults} from '../../bench/load/faults.ts';
import {startLeast} from '../../bench/reference/least.ts';
import {listen, portOf} from '../../bench/reference/stand.ts';

// On a machine that is in use nothing may come for a while.
const patient = ['--at-least', '1', '--quiet', '10'];
const load = ['--scenario', 'pairs', '--clients', '8', '--warm-up', '0.01', '--seconds', '0.1', ...patient];

test('several generators share the clients, and what they find is added up', async () => {
	const peers = new Set<number | undefined>();
	const server = await startLeast(0);
	server.on('connection', ({remotePort}) => peers.add(remotePort));
	try {
		const {faults, exchange} = await generate(['--port', String(portOf(server)), ...load], 2);
		expect(describeFaults(faults)).toBeUndefined();
		expect(exchange?.delivered).toBeGreaterThan(0);
		expect(peers.size).toBe(8);
	} finally {
		server.close();
	}
});

test('a generator that cannot do its work says why', async () => {
	await expect(generate(['--port', '1', ...load], 2)).rejects.toThrow('was cut');
	await expect(generate(['--port', '1', '--scenario', 'chaos'])).rejects.toThrow('no scenario "chaos"');
});

test.for([
	['', 'was answered otherwise'],
	['hello\n', 'was answered otherwise: "hello"'],
	['from p00001: ready\n', 'was answered otherwise: "from p00001: ready"'],
	['from p00000: ready\nfr', 'was told more: "fr"'],
	['from p00000: ready\nfrom p00000: ready\n', 'was answered otherwise: "from p00000: ready"'],
] as const)('a server that answers a login with %j is not taken for one', async ([answer, complaint]) => {
	const server = await listen(0, socket => {
		socket.on('error', () => {});
		socket.once('data', () => socket.write(answer || '\n'));
	});
	try {
		const client = Client.open({port: portOf(server), dialect: plain}, 'p00000');
		await expect(client).rejects.toThrow(`p00000 ${complaint}`);
	} finally {
		server.close();
	}
});
