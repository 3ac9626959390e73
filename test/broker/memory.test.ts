import {expect, it, onTestFinished} from 'vitest';
import {openFilesLimit} from '../../source/broker/files.ts';
import {BrokerProcess} from '../support/broker-process.ts';
import {Peer} from '../support/peer.ts';

const count = 5000;
const bound = 8.5 * 1024;

it.skipIf(openFilesLimit() < count + 500)(
	'an idle connection costs less than 8.5 KB at 5,000 (needs "ulimit -n 5500")',
	async () => {
		const broker = await BrokerProcess.start({maxConnections: count + 10});
		onTestFinished(() => broker.stop());
		const warm = await Promise.all(
			Array.from({length: 10}, (_, index) => Peer.login(broker.address, `warm${index}`)),
		);
		const before = await broker.measure();
		const peers: Peer[] = [];
		for (let at = 0; at < count; at += 100) {
			peers.push(
				...(await Promise.all(
					Array.from({length: 100}, (_, index) => Peer.login(broker.address, `peer${at + index}`)),
				)),
			);
		}
		const after = await broker.measure();
		expect(after.connections - before.connections).toBe(count);
		const heap = (after.heapUsed + after.external - before.heapUsed - before.external) / count;
		const resident = (after.rss - before.rss) / count;
		console.log(`bytes a connection: heap and buffers ${heap.toFixed(0)}, resident ${resident.toFixed(0)}`);
		expect(heap).toBeLessThan(bound);
		expect(resident).toBeLessThan(bound);
		for (const peer of [...warm, ...peers]) peer.reset();
	},
);
