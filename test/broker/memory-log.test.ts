import {setTimeout as sleep} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, it} from 'vitest';
import {bytesOf, MemoryLog} from '../../source/broker/store/memory-log.ts';
import {entryOf} from './store-entries.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

it('holds no message that has given way', async () => {
	const bytes = bytesOf(entryOf());
	const log = new MemoryLog(100 * bytes, () => {});
	const rows = Array.from({length: 150}, (_, index) => {
		const {isPartial: _isPartial, away: _away, key: _key, ...entry} = entryOf();
		const row = {...entry, n: index + 1, ts: 0, hasKey: true, bytes};
		log.add(row);
		return new WeakRef(row);
	});
	// What a weak reference was made for stays until the present turn is over.
	await sleep(1);
	collectGarbage();
	expect(log.oldest).toBe(51);
	expect(rows.filter(row => row.deref() !== undefined)).toHaveLength(100);
});
