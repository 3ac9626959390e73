import {expect, test} from 'vitest';
import {corpus, countKinds} from './corpus.ts';
import {longLines} from './fakes.ts';
import {openAtForeignServer} from './open.ts';
import {type HostileMessage, Stage} from './stage.ts';

const bytes = (text: string | Buffer): Buffer => Buffer.from(text as string);

/** A line that is no message has nobody who says it. */
const lineOf = ({from, text}: HostileMessage): Buffer =>
	Buffer.concat((from === '' ? [text, '\n'] : ['from ', from, ': ', text, '\n']).map(bytes));

// The first servers handed everything on as it came; ours takes out some of it.
test('nothing hostile gets through from a plain server', {timeout: 60_000}, async () => {
	const {screen, socket} = await openAtForeignServer();
	const stage = new Stage({screen, send: messages => socket.write(Buffer.concat(messages.map(lineOf)))});
	const problems = await stage.play(corpus, (text, nameOf) => [
		// A colon ends the name, so what is behind one is text.
		{from: nameOf(text), text},
		{from: '', text: Buffer.concat([bytes('so '), bytes(text)])},
	]);
	for (const {texts} of longLines)
		for (const text of texts) problems.push(...(await stage.fill({from: 'eve', text})));
	console.log(`${corpus.length} hostile cases: ${countKinds(corpus)}, ${longLines.length} of 64 KiB`);
	console.log(`${stage.sent} lines of a plain server`);
	expect(problems.slice(0, 3)).toEqual([]);
});

test('words of a server that are no message stand where they were said', async () => {
	const {screen, socket} = await openAtForeignServer();
	socket.write('from bob: one\nhere is no chat\nfrom bob: two\n');
	await screen.waitFor('bob: two');

	expect(screen.text()).toMatch(/bob: one\n.*here is no chat\n.*bob: two\n/);
});

test('a terminal that counts cells otherwise keeps the rows of others', async () => {
	const {screen, socket} = await openAtForeignServer({widths: 'unicode6'});
	const stage = new Stage({
		screen,
		send: messages => socket.write(Buffer.concat(messages.map(lineOf))),
	});
	const some = corpus.filter(({kind}) => ['widths', 'piled marks', 'variation selectors'].includes(kind));
	const problems = await stage.play(some, (text, nameOf) => [{from: nameOf(text), text}]);
	expect(problems.filter(problem => !problem.startsWith('not shown'))).toEqual([]);
});
