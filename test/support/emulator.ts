import {createRequire} from 'node:module';
import type {Terminal} from '@xterm/headless';
import {clusterWidths} from './emulator-widths.ts';

// The package has only CommonJS that Node cannot name the exports of, while its types promise named ones.
const xterm = createRequire(import.meta.url)('@xterm/headless') as typeof import('@xterm/headless');

const onAtFirst = new Set([7, 25]);

/** The switches of a terminal that a program can throw, and that it has to leave as it found them. */
export type Switches = {
	/** DEC private modes that are not as in a fresh terminal, like `?2004` or `?25`. */
	readonly changed: readonly string[];
	readonly isCursorHidden: boolean;
	/** DECSCUSR; 0 is the user's own shape. */
	readonly cursorShape: number;
	/** Flags that the kitty keyboard protocol has pushed, less those popped. */
	readonly keyboardDepth: number;
	/** `CSI > 4 ; n m`; 0 is off. */
	readonly modifyOtherKeys: number;
	/** Of the window. */
	readonly title: string;
};

export type Emulator = {
	readonly terminal: Terminal;
	readonly switches: () => Switches;
};

export type EmulatorOptions = {
	readonly columns: number;
	readonly rows: number;
	/** See `emulator-widths.ts`. Default: `clusters`. */
	readonly widths?: 'clusters' | 'unicode6';
};

/**
 * A terminal without a window. xterm.js tells some of its modes, but not whether the cursor is hidden or which mouse
 * encoding is on; so everything that is switched is also noted here as it passes.
 */
export const createEmulator = ({columns, rows, widths = 'clusters'}: EmulatorOptions): Emulator => {
	const terminal = new xterm.Terminal({
		cols: columns,
		rows,
		scrollback: 1000,
		allowProposedApi: true,
		windowOptions: {pushTitle: true, popTitle: true},
	});
	let title = '';
	terminal.onTitleChange(changed => {
		title = changed;
	});
	if (widths === 'clusters') {
		terminal.unicode.register(clusterWidths);
		terminal.unicode.activeVersion = clusterWidths.version;
	}

	const modes = new Map<number, boolean>();
	let cursorShape = 0;
	let keyboardDepth = 0;
	let modifyOtherKeys = 0;

	const reset = (): void => {
		modes.clear();
		cursorShape = 0;
		keyboardDepth = 0;
		modifyOtherKeys = 0;
	};

	const {parser} = terminal;
	const watch = (
		id: {prefix?: string; intermediates?: string; final: string},
		note: (numbers: number[]) => void,
	) =>
		parser.registerCsiHandler(id, parameters => {
			note(parameters.flat());
			return false;
		});

	for (const final of ['h', 'l']) {
		watch({prefix: '?', final}, numbers => {
			for (const number of numbers) {
				modes.set(number, final === 'h');
			}
		});
	}

	watch({intermediates: ' ', final: 'q'}, ([shape = 0]) => {
		cursorShape = shape;
	});
	watch({prefix: '>', final: 'u'}, () => {
		keyboardDepth += 1;
	});
	watch({prefix: '<', final: 'u'}, ([count = 1]) => {
		keyboardDepth = Math.max(0, keyboardDepth - Math.max(1, count));
	});
	watch({prefix: '>', final: 'm'}, ([resource, value = 0]) => {
		modifyOtherKeys = resource === 4 ? value : modifyOtherKeys;
	});
	watch({intermediates: '!', final: 'p'}, reset);
	parser.registerEscHandler({final: 'c'}, () => {
		reset();
		return false;
	});

	return {
		terminal,
		switches: () => ({
			changed: [...modes].filter(([mode, isOn]) => isOn !== onAtFirst.has(mode)).map(([mode]) => `?${mode}`),
			isCursorHidden: modes.get(25) === false,
			cursorShape,
			keyboardDepth,
			modifyOtherKeys,
			title,
		}),
	};
};
