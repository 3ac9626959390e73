import {commands, usageOf} from '../../chat/commands/table.ts';
import {keySections} from './key-table.ts';

/** A part of a page of help. */
export type Section = {
	readonly title: string;
	/** Without styles and line feeds. */
	readonly paragraphs: readonly string[];
	/** What is typed or pressed, what it does, and under which other words it is found. */
	readonly entries: readonly (readonly [term: string, does: string, also?: string])[];
};

/** What the readme says of using the screen; a test holds them to each other. */
export const spokenSections: readonly Section[] = [
	{
		title: 'The screen',
		paragraphs: [
			'The people you type are the room: "bob, carol: hi" sends it to both, wherever you are, and opens the conversation of these people, the same in any order. There you type only the text. A room, "#dev", stands beside them: /join #dev goes there, and what is said there is for all who have done so. The first view shows everything together.',
			'Above the input box stands whom a draft goes to, each with whether they are here, before you send it. A name that nobody here has is asked about, and so is what may be a command, as "exit" alone: Enter once more, when you have read it, says yes; two at once do not. A room that you are not in is gone into first. A command with a slip in it is never said to anybody. A line that begins with "//" is said with one slash.',
			'Each conversation keeps its place, and, also for the next start, its draft and a count of what is unread: "*" marks a draft, "!" that something is for you or names you. What came before you did is unread until you go there, or press Alt+0 where everything is shown. Who of it leaves and comes back is told there. Escape and then a key within a second is Alt with that key. What you write in several lines, or paste, waits in the input box until Enter and goes out as one message; a plain host gets a line for each.',
			'In a text *strong*, _emphasised_, code between backticks, quotes behind > and code between lines of three backticks are shown as such, and addresses are links. While you read further up, the newest lines stay in sight below.',
			'The name is chosen at the start, with --name; what is said to your own name is a note for yourself. Colours follow the terminal, and NO_COLOR in the environment takes them away.',
			'While the terminal has not the keyboard, the bell and a notice of the desktop call you for what is written to you, at most every 5 s and never with words of others; the title of the window counts what is unread. That needs a terminal that says when it loses the keyboard, as nearly all do, and for notices one that knows OSC 9; in tmux the options focus-events and allow-passthrough have to be on. Whoever comes back after a minute sees who wrote, and Alt+A leads there.',
		],
		entries: [],
	},
	{
		title: 'What is said is kept',
		paragraphs: [
			'A host keeps what is said to people with a screen until they have it, on its disk: also while they are away, while their connection is gone, and when the host itself is killed. Behind your own lines … means that a line waits here, ✓ that the host has it, ✓✓ that everybody has, ✗ that it was not taken and why, and else it says who has and who has not. Who of a room has it nobody tells: there ✓ is all. The line on top says who is here. Whoever comes back gets what came meanwhile, and sees who wrote how much; PageUp leads to what was said before, also at another machine: what is not kept here comes from the host.',
			'A screen makes a key at its first start (identity.pem in your data folder, for nobody else to read), and its name is bound to that key on the hosts that it visits: nobody else gets what was said to it. A name that is bound is refused to plain clients, to --plain too. If another host than before answers at an address, you are asked before it gets a line that waits or a proof of your name; a host of your own is never asked about.',
			'With the same key you may be in one terminal at a time under one name: the second one on a machine offers to take it over, with all that waits, one on another machine does so at once. The first one lets go, keeps its draft, goes on hosting if it did, and takes the name back when you say so.',
		],
		entries: [],
	},
];

/** All that there is to know of the screen. */
export const helpSections: readonly Section[] = [
	{
		title: 'Commands',
		paragraphs: ['The beginning of a name is enough, as long as only one begins so. F1 has the keys.'],
		entries: commands.map(command => [usageOf(command), command.does] as const),
	},
	...spokenSections.slice(0, 1),
	...keySections.map(section => ({...section, title: `Keys: ${section.title}`})),
	...spokenSections.slice(1),
];
