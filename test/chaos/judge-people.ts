import type {Books, PeopleBooks, Verdict} from './books.ts';
import type {Read} from './plain-people.ts';
import {readText, type Spoken, textOf} from './spoken.ts';

type Heard = {readonly spoken: Spoken; readonly reader: string; readonly life: number};

/** Whether everything has come that plain people said to each other in their last life. */
export const isAllRead = ({names, said, read, lastLife}: PeopleBooks): boolean =>
	names.every(reader => {
		const due = said.filter(one => one.life === lastLife && one.to.includes(reader));
		const lines = read
			.filter(one => one.life === lastLife && one.reader === reader)
			.flatMap(one => one.lines);
		const got = new Set(lines);
		return due.every(spoken => got.has(lineOf(spoken)));
	});

const lineOf = (spoken: Spoken): string => `from ${spoken.from}: ${textOf(spoken)}`;

/**
 * What plain people read: of what they said to each other the first lines of each life, and all of the last one; of what
 * clients said to them each at most once, in order. And what of theirs is stored.
 */
export const judgePeople = (books: Books, verdict: Verdict): void => {
	const {kept, people} = books;
	const {names, said, read, lastLife} = people;
	const heard = Map.groupBy(
		read.flatMap(one => hear(one, verdict)),
		({reader, spoken}) => `${reader} ${spoken.from}`,
	);
	const saidBy = Map.groupBy(said, ({from, life}) => `${from} ${life}`);
	for (const reader of names) {
		for (const from of names.filter(name => name !== reader)) {
			const lives = Map.groupBy(heard.get(`${reader} ${from}`) ?? [], ({life}) => life);
			for (let life = 1; life <= lastLife; life++) {
				const numbers = (lives.get(life) ?? []).map(({spoken}) => spoken.number);
				const due = (saidBy.get(`${from} ${life}`) ?? []).filter(({to}) => to.includes(reader));
				compare(due, numbers, life === lastLife, `read by ${reader} of ${from}`, verdict);
			}
		}
		for (const {login} of books.clients) {
			const numbers = (heard.get(`${reader} ${login}`) ?? []).map(({spoken}) => spoken.number);
			verdict.checkOnce(numbers, `read by ${reader} of ${login}`);
			verdict.checkOrder(numbers, `read by ${reader} of ${login}`);
		}
	}
	for (const from of names) {
		const stored = Map.groupBy(
			kept.filter(row => row.login === from).flatMap(({text}) => readText(text) ?? []),
			({life}) => life,
		);
		for (let life = 1; life <= lastLife; life++) {
			const isForClient = ({to}: Spoken) => to.some(name => !names.includes(name));
			const due = (saidBy.get(`${from} ${life}`) ?? []).filter(isForClient);
			const numbers = (stored.get(life) ?? []).map(({number}) => number);
			compare(due, numbers, life === lastLife, `stored of ${from}`, verdict);
		}
	}
};

/** What stands in the lines that somebody read; what is for somebody else, or was never said, is noted. */
const hear = ({reader, life, lines}: Read, verdict: Verdict): Heard[] =>
	lines.flatMap(line => {
		const {from = '', text = ''} = /^from (?<from>[^:]+): (?<text>.*)$/.exec(line)?.groups ?? {};
		const spoken = readText(text);
		if (spoken !== undefined && spoken.from === from && spoken.to.includes(reader))
			return [{spoken, reader, life}];
		verdict.add('foreign', `${reader} read ${JSON.stringify(line.slice(0, 80))}`);
		return [];
	});

/** What came has to be the first of what was due, without a gap; all of it if the life ended in good order. */
const compare = (
	due: readonly Spoken[],
	numbers: readonly number[],
	isWhole: boolean,
	whose: string,
	verdict: Verdict,
): void => {
	verdict.checkOnce(numbers, whose);
	verdict.checkOrder(numbers, whose);
	const got = new Set(numbers);
	const last = due.findLastIndex(({number}) => got.has(number));
	for (const {number} of isWhole ? due : due.slice(0, last + 1))
		if (!got.has(number)) verdict.add('lost', `${whose}: ${number}`);
};
