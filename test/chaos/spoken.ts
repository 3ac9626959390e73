/**
 * A line that tells by itself who said it to whom, and where in the order it stands: `alice 0.17 to bob+pat …`. A life is
 * the time that a plain person's connection holds, as nothing is promised beyond it; those who are acknowledged have one.
 */
export type Spoken = {
	readonly from: string;
	readonly life: number;
	readonly number: number;
	readonly to: readonly string[];
};

const fillings = ['', 'und schöne Grüße', '😀 日本語', 'see http://x/y: it is here', 'long '.repeat(40)];

export const textOf = ({from, life, number, to}: Spoken): string =>
	`${from} ${life}.${number} to ${to.join('+')} ${fillings[number % fillings.length]}`.trim();

/** Reads a text back; undefined for one that nobody here has said, or that is not as it was said. */
export const readText = (text: string): Spoken | undefined => {
	const groups = /^(?<from>\S+) (?<life>\d+)\.(?<number>\d+) to (?<to>\S+)/.exec(text)?.groups;
	if (groups === undefined) return undefined;
	const {from = '', life, number, to = ''} = groups;
	const spoken = {from, life: Number(life), number: Number(number), to: to.split('+')};
	return textOf(spoken) === text ? spoken : undefined;
};
