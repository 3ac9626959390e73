import {expect, test} from 'vitest';
import {isText} from '../../source/protocol/extended/syntax.ts';
import {strangersIn} from '../support/terminal-stream.ts';
import {corpus} from './corpus.ts';
import {encodedValue, startHostileHost} from './hostile-host.ts';
import {openHostileScreen} from './open.ts';
import {Stage} from './stage.ts';

test('nothing hostile gets through from a host of a-chat/1', {timeout: 60_000}, async () => {
	const host = await startHostileHost();
	const screen = await openHostileScreen(host.port);
	await screen.waitFor('2 here: eve, ruler');
	const stage = new Stage({
		screen,
		arrives: text => (isText(text) ? text : undefined),
		send: messages => host.write(...messages.map(message => host.message(message))),
	});
	const problems = await stage.play(corpus, (text, nameOf) => [
		{from: typeof text === 'string' ? nameOf(text) : 'eve', to: ['alice', `#${text}`], text},
	]);
	console.log(`${stage.sent} messages of a host of a-chat/1`);
	expect(problems.slice(0, 3)).toEqual([]);
});

test('nothing hostile gets through as news of people, or as words of a host of a-chat/1', async () => {
	const host = await startHostileHost();
	const screen = await openHostileScreen(host.port);
	await screen.waitFor('2 here: eve, ruler');
	const names = corpus.flatMap(({texts}) => texts.filter(text => typeof text === 'string'));
	const stage = new Stage({
		screen,
		arrives: text => (isText(text) ? text : undefined),
		send: messages => host.write(...messages.map(message => host.message(message))),
	});
	const mark = screen.raw.length;
	for (let at = 0; at < names.length; at += 12) {
		const texts = names.slice(at, at + 12);
		const some = texts.map(encodedValue);
		host.write(
			...some.map(name => `@join login=${name}`),
			...some.map(name => `@typing from=${name} to=alice state=active`),
			...some.map(name => `@user login=${name} state=away kind=plain :${decodeURIComponent(name)}`),
			...some.map(name => `@room-joined room=#${name} login=${name}`),
			...texts.flatMap(text => [`@note code=NEWS :${text}`, `@fail code=NO :${text}`]),
			`@note code=NEWS :so far ${at}`,
		);
		await screen.waitFor(`so far ${at}`);
		host.write(...some.map(name => `@typing from=${name} to=alice state=done`));
	}
	for (const name of ['\u0430l\u0456ce', '\u03B1lice', 'a1ice'])
		await screen.waitFor(`≈${name} looks like alice, but is somebody else`);
	expect(strangersIn(screen.raw.slice(mark))).toEqual([]);
	expect(await stage.play(corpus.slice(0, 1), text => [{from: 'eve', text}])).toEqual([]);
});
