import type {TerminalScreen} from './terminal.ts';

/** What xterm.js knows of itself and tells nobody; the lock file holds its version. */
type Internals = {
	readonly _core: {
		readonly buffer: {
			readonly scrollTop: number;
			readonly scrollBottom: number;
			readonly tabs: Readonly<Record<number, boolean>>;
		};
		readonly _charsetService: {readonly glevel: number; readonly _charsets: readonly unknown[]};
		readonly coreService: {readonly modes: object; readonly decPrivateModes: object};
		readonly optionsService: {
			readonly options: {readonly cursorStyle: string; readonly cursorBlink: boolean};
		};
		readonly _inputHandler: {
			readonly onColor: (listener: (event: unknown) => void) => void;
		};
	};
};

/** What has happened to a terminal beside its cells. */
export type EmulatorWatch = {
	/** All of the state that no cell holds, as one object to compare. */
	readonly state: () => object;
};

/** Identifiers of OSC that do something in some terminal: titles, colours, links, notices, clipboard, marks, files. */
const notedStrings = [
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 17, 19, 21, 22, 50, 51, 52, 60, 66, 99, 104, 105, 110, 111,
	112, 133, 176, 555, 633, 666, 697, 701, 777, 1337, 5522, 9001,
];

/** A link as the screen writes it, and its end; that it leads where it says is looked at in the stream. */
const ownLink = /^(?:id=m-?\d+-\d+-\d+;https?:\/\/[!-~]+|;)$/i;

/** Notes from now on what a program does to the terminal beside writing into cells. */
export const watchEmulator = (screen: TerminalScreen): EmulatorWatch => {
	const {terminal} = screen;
	const {_core: core} = terminal as unknown as Internals;
	const happened: string[] = [];
	const note = (what: string) => (): false => {
		happened.push(what);
		return false;
	};
	terminal.onTitleChange(note('title'));
	terminal.onBell(note('bell'));
	terminal.onData(note('reply'));
	core._inputHandler.onColor(note('palette'));
	for (const id of notedStrings)
		terminal.parser.registerOscHandler(id, data => !(id === 8 && ownLink.test(data)) && note(`OSC ${id}`)());
	return {
		state: () => ({
			happened: [...happened],
			isAlternate: screen.isAlternate,
			changed: screen.modes.changed.toSorted(),
			cursorShape: screen.modes.cursorShape,
			keyboardDepth: screen.modes.keyboardDepth,
			modifyOtherKeys: screen.modes.modifyOtherKeys,
			mouse: screen.modes.mouseTrackingMode,
			scrollRegion: [core.buffer.scrollTop, core.buffer.scrollBottom],
			tabs: Object.keys(core.buffer.tabs).filter(column => core.buffer.tabs[Number(column)]),
			charsets: [
				core._charsetService.glevel,
				...core._charsetService._charsets.map(set => set === undefined),
			],
			modes: {...core.coreService.modes},
			privateModes: {...core.coreService.decPrivateModes},
			cursorStyle: core.optionsService.options.cursorStyle,
			cursorBlink: core.optionsService.options.cursorBlink,
			size: [terminal.cols, terminal.rows],
		}),
	};
};
