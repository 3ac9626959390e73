/** Something that is typed behind a slash. */
type CommandEntry = {
	readonly name: string;
	/** What follows it; in brackets what may be left out. */
	readonly args: string;
	/** What it does, in words without a full stop. */
	readonly does: string;
	/** What Tab completes behind it. */
	readonly completes?: 'people' | 'rooms' | 'commands';
};

/** All commands: help, completion and the readme are made of this list or held to it. */
export const commands = [
	{
		name: 'help',
		args: '[WORDS]',
		does: 'all about this screen; typing there searches in it',
		completes: 'commands',
	},
	{name: 'keys', args: '[WORDS]', does: 'what the keys do, as F1'},
	{name: 'me', args: 'TEXT', does: 'tells what you do: "/me waves"'},
	{
		name: 'msg',
		args: 'NAMES [TEXT]',
		does: 'says something to people or a room, or only opens their conversation',
		completes: 'people',
	},
	{name: 'who', args: '[#ROOM]', does: 'tells who is here, or in a room', completes: 'rooms'},
	{
		name: 'join',
		args: '#ROOM',
		does: 'goes into a room, which is made if there is none',
		completes: 'rooms',
	},
	{
		name: 'part',
		args: '[NAMES]',
		does: 'leaves a room, or closes a conversation: the one that is open without names',
		completes: 'rooms',
	},
	{name: 'rooms', args: '', does: 'tells which rooms there are'},
	{name: 'search', args: '[WORDS]', does: 'finds what was said, with all of these words, as Ctrl+R'},
	{
		name: 'ignore',
		args: '[NAME]',
		does: 'hides what somebody says, or no longer; tells whom without a name',
		completes: 'people',
	},
	{name: 'mute', args: '', does: 'calls you no more for what is said here, or again'},
	{name: 'clear', args: '', does: 'empties what is shown here'},
	{name: 'away', args: '[WORDS]', does: 'tells others that you are away, and why; again: that you are back'},
	{name: 'quit', args: '', does: 'leaves the chat'},
] as const satisfies readonly CommandEntry[];

export type CommandName = (typeof commands)[number]['name'];

export type Command = CommandEntry & {readonly name: CommandName};

export const commandOf = (name: CommandName): Command =>
	commands.find(command => command.name === name) as Command;

/** As it is typed: `/part [#ROOM]`. */
export const usageOf = ({name, args}: Pick<CommandEntry, 'name' | 'args'>): string =>
	`/${name}${args === '' ? '' : ` ${args}`}`;
