import {readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, it} from 'vitest';
import {KnownHost} from '../../source/session/known-host.ts';
import {temporaryFolder} from '../support/environment.ts';

const newFile = (): string => path.join(temporaryFolder('test'), 'known-hosts', '127.0.0.1-8080');

it('any host is trusted where none is known, and then only those of which it was said', () => {
	const file = newFile();
	const host = new KnownHost(file);
	expect([host.isKnown, host.trusts('one')]).toEqual([false, true]);
	host.trust('one');
	expect([host.isKnown, host.trusts('one'), host.trusts('two')]).toEqual([true, true, false]);
	host.trust('two');
	const again = new KnownHost(file);
	expect([again.trusts('one'), again.trusts('two'), again.trusts('three')]).toEqual([true, true, false]);
});

it('is for nobody else to read, and holds the last ones', async () => {
	const file = newFile();
	const host = new KnownHost(file);
	for (let i = 0; i < 50; i++) host.trust(`s${i}`);
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
	expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(33);
	expect(new KnownHost(file).trusts('s49')).toBe(true);
	expect(new KnownHost(file).trusts('s0')).toBe(false);
});

it('goes on with what another program has written meanwhile, and leaves out what is none', async () => {
	const file = newFile();
	const [first, second] = [new KnownHost(file), new KnownHost(file)];
	first.trust('one');
	second.trust('two');
	expect(new KnownHost(file).trusts('one')).toBe(true);
	await writeFile(file, 'good\n\u001B[31mbad\n\n');
	const third = new KnownHost(file);
	expect([third.trusts('good'), third.trusts('\u001B[31mbad')]).toEqual([true, false]);
});

it('that cannot be written says so, and is trusted as long as the program runs', () => {
	const host = new KnownHost('/dev/null/known');
	expect(() => host.trust('one')).toThrow();
	expect(host.trusts('one')).toBe(true);
	expect(host.trusts('two')).toBe(false);
});
