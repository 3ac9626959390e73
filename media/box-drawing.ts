/** Where a cell lies and how large it is, in pixels. */
export type Box = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

// Which of the four arms a character has: left, right, up, down.
const arms: Readonly<Record<string, string>> = {
	'─': 'lr',
	'│': 'ud',
	'┌': 'rd',
	'┐': 'ld',
	'└': 'ru',
	'┘': 'lu',
	'├': 'rud',
	'┤': 'lud',
	'┬': 'lrd',
	'┴': 'lru',
	'┼': 'lrud',
	'╴': 'l',
	'╵': 'u',
	'╶': 'r',
	'╷': 'd',
};

const corners: Readonly<Record<string, string>> = {'╭': 'rd', '╮': 'ld', '╰': 'ru', '╯': 'lu'};

// Left, top, right, bottom as parts of the cell.
const blocks: Readonly<Record<string, readonly [number, number, number, number]>> = {
	'█': [0, 0, 1, 1],
	'▀': [0, 0, 1, 0.5],
	'▄': [0, 0.5, 1, 1],
	'▌': [0, 0, 0.5, 1],
	'▐': [0.5, 0, 1, 1],
	'▎': [0, 0, 0.25, 1],
	'▏': [0, 0, 0.125, 1],
};

export const round = (number: number): number => Math.round(number * 100) / 100;

/**
 * The path of a line or block character, or `undefined` for any other. Fonts draw these as high as their own line,
 * which is seldom the line of the picture: borders would show gaps.
 */
export const boxDrawing = (
	character: string,
	box: Box,
): {readonly path: string; readonly isFilled: boolean} | undefined => {
	const left = round(box.x);
	const top = round(box.y);
	const right = round(box.x + box.width);
	const bottom = round(box.y + box.height);
	const middle = round(box.x + box.width / 2);
	const centre = round(box.y + box.height / 2);

	const block = blocks[character];
	if (block !== undefined) {
		const [x1, x2] = [block[0], block[2]].map(part => round(box.x + part * box.width));
		const [y1, y2] = [block[1], block[3]].map(part => round(box.y + part * box.height));
		return {path: `M${x1} ${y1}H${x2}V${y2}H${x1}Z`, isFilled: true};
	}

	const corner = corners[character];
	if (corner !== undefined) {
		const end = corner.includes('r') ? right : left;
		const start = corner.includes('d') ? bottom : top;
		return {path: `M${middle} ${start}Q${middle} ${centre} ${end} ${centre}`, isFilled: false};
	}

	const lines: Readonly<Record<string, string>> = {
		l: `H${left}`,
		r: `H${right}`,
		u: `V${top}`,
		d: `V${bottom}`,
	};
	const path = [...(arms[character] ?? '')].map(arm => `M${middle} ${centre}${lines[arm]}`).join('');
	return path === '' ? undefined : {path, isFilled: false};
};
