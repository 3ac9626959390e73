import {expect, test} from 'vitest';
import {type ChatAction, chatReducer, initialChatState, maxSeenNames} from '../../source/chat/chat-state.ts';

const play = (...actions: ChatAction[]) => actions.reduce(chatReducer, initialChatState);
const from = (...names: string[]): ChatAction => ({
	type: 'received',
	at: 0,
	messages: names.map(name => ({from: name, text: 'hi'})),
});

test('names are seen by speaking, the latest first and each once, whatever its case', () => {
	expect(play(from('bob', 'carol'), from('BOB')).seen).toEqual(['BOB', 'carol']);
});

test('the server is nobody to write to', () => {
	expect(play(from('server', 'bob')).seen).toEqual(['bob']);
});

test('what a foreign server calls people is remembered only where they can be written to', () => {
	const names = [
		'bob',
		'Jo Doe',
		'bob, carol',
		'',
		'e\u001b[31mvil',
		'x\u202e',
		'n'.repeat(70_000),
		'sеrver',
	];

	expect(play(from(...names)).seen).toEqual(['bob']);
});

test('nothing changes in who was seen while the same person goes on speaking', () => {
	const once = play(from('bob'), from('carol'));

	expect(chatReducer(once, from('carol')).seen).toBe(once.seen);
});

test('a bounded number of names is remembered', () => {
	const names = Array.from({length: maxSeenNames + 10}, (_, index) => `n${index}`);

	expect(play(from(...names)).seen).toHaveLength(maxSeenNames);
});

test('an own line waits, is written, and is unsure when the connection broke', () => {
	const posted: ChatAction = {type: 'posted', post: 1, to: ['bob'], text: 'hi', at: 0};
	const deliveries = (...actions: ChatAction[]) =>
		play(posted, ...actions).scrollback.lines.map(line => (line.kind === 'own' ? line.delivery : line.kind));

	expect(deliveries()).toEqual(['new']);
	expect(deliveries({type: 'post-changed', posts: [1], delivery: 'waiting'})).toEqual(['waiting']);
	expect(deliveries({type: 'post-changed', posts: [1], delivery: 'written'})).toEqual(['written']);
	expect(deliveries({type: 'post-changed', posts: [1], delivery: 'unsure'})).toEqual(['unsure']);
	const written: ChatAction = {type: 'post-changed', posts: [1], delivery: 'written'};
	expect(deliveries(written, {type: 'post-changed', posts: [1], delivery: 'waiting'})).toEqual(['written']);
	expect(deliveries({type: 'post-taken-back', post: 1})).toEqual([]);
});

test('what becomes of a line in a new session says nothing of those before, which had the same numbers', () => {
	const posted = (text: string): ChatAction => ({type: 'posted', post: 1, to: ['bob'], text, at: 0});
	const {scrollback} = play(
		posted('before'),
		{type: 'post-changed', posts: [1], delivery: 'accepted'},
		{type: 'named', login: 'alice-2'},
		posted('after'),
		{type: 'post-changed', posts: [1], delivery: 'refused'},
		{type: 'post-told', post: 1, to: 'bob', told: 'absent'},
	);
	expect(scrollback.lines).toMatchObject([
		{text: 'before', delivery: 'accepted'},
		{text: 'after', delivery: 'refused', told: {bob: 'absent'}},
	]);
	expect(scrollback.lines[0]).not.toHaveProperty('told');
});
