import type {Stage, StageOptions} from './stage.ts';

/** What a picture shows: a window, who is there, and what happens until the picture is taken. */
export type Scene = Omit<StageOptions, 'theme'> & {readonly play: (stage: Stage) => Promise<void>};

const code = `found it: \`cut()\` drops the last byte of a piece
\`\`\`ts
const end = rest.length - 1;
return rest.subarray(0, end);
\`\`\`
Fixed and pushed. *Please run it again*`;

/** Alice, bob and carol look for what keeps a release. */
async function talk(stage: Stage): Promise<void> {
	await stage.write('bob, carol: good morning! What is left before the release?');
	await stage.say('bob', 'alice, carol', 'one red test: https://ci.example.org/runs/482#arm64');
	await stage.say('bob', 'alice, carol', 'the parser, and only on arm64');
	stage.at('2026-11-23 09:52');
	await stage.say('carol', 'alice, bob', code);
	await stage.write('on its way');
}

type Said = readonly [from: string, text: string];
const others = (from: string): string => (from === 'bob' ? 'alice, carol' : 'alice, bob');

/** What is said before alice goes, and what she finds on the next day. */
const evening: readonly Said[] = [
	['bob', 'in steps, beside the commits'],
	['bob', 'each takes what came since the one before, 500 rows at most'],
	['carol', 'and it is never more than a second behind'],
	['carol', 'unless the disk is full, then it waits'],
];
const morning: readonly (readonly [...Said, at: string])[] = [
	['carol', 'the index again: after a crash it is filled from the last step', '08:55'],
	['carol', 'so a search may miss a second of what was said', '08:55'],
	['bob', 'is that written down anywhere?', '09:02'],
	['carol', 'in docs/reliability.md, in the table', '09:04'],
	['bob', 'found it', '09:05'],
	['bob', 'then there is the question of what a step may cost', '09:05'],
	['carol', 'here 500 rows take 13 ms', '09:11'],
	['carol', 'on the small machine 40', '09:11'],
	['bob', 'too much for one turn?', '09:12'],
	['carol', 'an acknowledgement waits as long as that, at worst', '09:14'],
	['bob', '100 rows then', '09:15'],
	['carol', 'I measure both', '09:15'],
	['carol', '100 rows: 3 ms here, 9 there', '09:41'],
	['bob', 'and the index keeps up?', '09:42'],
	['carol', 'with 20,000 messages a second, yes', '09:44'],
	['bob', 'good, that is it', '09:44'],
	['carol', 'I push it', '09:50'],
	['bob', 'and then home', '09:51'],
];

/** The scenes by the names of their pictures; a new one needs its line in the readme as well. */
export const scenes: Readonly<Record<string, Scene>> = {
	// The whole screen: conversations with what is unread in them, code, a link, who has what was said.
	screen: {
		columns: 92,
		rows: 24,
		people: ['bob', 'carol', 'ci', 'dave'],
		rooms: ['#dev'],
		begins: '2026-11-23 09:41',
		async play(stage) {
			await talk(stage);
			await stage.say('dave', '#dev', 'the mirror is up again');
			await stage.say('ci', 'alice', 'run 483: 1312 tests passed in 41 s');
			await stage.say('dave', '#dev', 'its certificate too');
			await stage.say('dave', 'alice', 'lunch at twelve?');
			stage.at('2026-11-23 09:58');
			await stage.say('bob', 'alice, carol', '> run 483: 1312 tests passed\ngreen 🎉 who tags it?');
			await stage.beginToWrite('carol', 'alice, bob');
			await stage.draft('I do, and write the notes by noon');
		},
	},

	// A window of a phone, or beside an editor.
	narrow: {
		columns: 40,
		rows: 12,
		people: ['bob', 'carol', 'dave'],
		begins: '2026-11-23 09:52',
		async play(stage) {
			await stage.write('bob, carol: is it green now?');
			await stage.say('dave', 'alice', 'lunch at twelve?');
			await stage.say('bob', 'alice, carol', 'it is, on each of the three machines 🎉');
			await stage.say('carol', 'alice, bob', 'then I tag it');
			await stage.draft('thanks, both');
		},
	},

	// Somebody reads further up: where reading stopped, a day that begins, the newest lines below.
	reading: {
		columns: 80,
		rows: 24,
		people: ['bob', 'carol', 'dave'],
		begins: '2026-11-22 17:20',
		async play(stage) {
			await stage.write('bob, carol: who knows how the index is filled?');
			for (const [from, text] of evening) await stage.say(from, others(from), text);
			await stage.write('I look at it tomorrow, thanks');
			stage.screen.press('alt+0');
			await stage.write('dave: nearly done for today');
			for (const [from, text, at] of morning) {
				stage.at(`2026-11-23 ${at}`);
				await stage.say(from, others(from), text);
			}
			stage.screen.press('alt+1');
			await stage.screen.waitFor('and then home');
			stage.screen.press('pageup');
			await stage.screen.waitFor(/ new ──[\s\S]*─ \d+ newer/);
		},
	},

	// Tab completes a name, and shows the others that it could be.
	completing: {
		columns: 80,
		rows: 14,
		people: ['bob', 'carol', 'cleo', 'dave'],
		rooms: ['#dev'],
		begins: '2026-11-23 14:05',
		async play(stage) {
			await stage.write('bob, carol: is somebody at the machine tonight?');
			await stage.say('carol', 'alice, bob', 'I am, until ten');
			await stage.say('cleo', 'alice', 'and I from nine on');
			stage.screen.press('alt+0');
			stage.screen.type('bob, c');
			stage.screen.press('tab');
			await stage.screen.waitFor(/› bob, (?:carol|cleo)/);
		},
	},

	// A word is looked for as it is typed.
	searching: {
		columns: 80,
		rows: 18,
		people: ['bob', 'carol'],
		begins: '2026-11-22 17:20',
		async play(stage) {
			await stage.write('bob, carol: who knows how the index is filled?');
			for (const [from, text] of evening) await stage.say(from, others(from), text);
			for (const [from, text, at] of morning.slice(0, 10)) {
				stage.at(`2026-11-23 ${at}`);
				await stage.say(from, others(from), text);
			}
			stage.screen.press('ctrl+r');
			stage.screen.type('index');
			await stage.screen.waitFor(/1 of \d/);
			stage.screen.press('ctrl+r');
			await stage.screen.waitFor(/2 of \d/);
		},
	},

	// F1, and a word of what one wants.
	keys: {
		columns: 80,
		rows: 14,
		people: ['bob'],
		begins: '2026-11-23 10:00',
		async play(stage) {
			await stage.write('bob: hello');
			stage.screen.press('f1');
			await stage.screen.waitFor('Alt+Enter');
		},
	},

	// The host is gone: what was written waits, and it is tried again.
	waiting: {
		columns: 80,
		rows: 14,
		people: ['bob', 'carol'],
		begins: '2026-11-23 16:31',
		async play(stage) {
			await stage.write('bob, carol: the machine gets its new disk now');
			await stage.say('carol', 'alice, bob', 'how long will it be away?');
			await stage.killHost();
			await stage.screen.waitFor('not connected');
			stage.at('2026-11-23 16:33');
			for (const text of ['ten minutes, if the screws are kind', 'I tell you when it is back']) {
				await stage.draft(text);
				stage.screen.press('enter');
				await stage.screen.waitFor(`${text} … waiting`);
			}
			await stage.draft('coffee meanwhile?');
			await stage.screen.waitFor(/next try in \d s/);
		},
	},
};
