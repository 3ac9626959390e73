import {styleText} from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** How the parts of the screen look; each takes text without styles and gives it back styled. */
export type Theme = {
	readonly status: (text: string) => string;
	readonly dim: (text: string) => string;
	readonly strong: (text: string) => string;
	readonly warning: (text: string) => string;
	/** Somebody's name; the same name has the same colour everywhere. */
	readonly name: (text: string, key: string) => string;
	readonly ownName: (text: string) => string;
};

const nameColors: readonly Style[] = [
	'cyan',
	'green',
	'yellow',
	'magenta',
	'blue',
	'cyanBright',
	'greenBright',
	'magentaBright',
];

/** Bold, dim and inverse stay where colours are not wanted: https://no-color.org speaks of colours only. */
export function createTheme(hasColor: boolean): Theme {
	const style = (format: Style) => (text: string) => styleText(format, text, {validateStream: false});
	const colored = (format: Style) => (hasColor ? style(format) : (text: string) => text);
	const names = nameColors.map(colored);
	return {
		status: style('inverse'),
		dim: style('dim'),
		strong: style('bold'),
		warning: hasColor ? style(['yellow', 'bold']) : style('bold'),
		name: (text, key) => names[hash(key) % names.length]?.(text) ?? text,
		ownName: style('bold'),
	};
}

/** No styles at all, for frames that people compare by eye. */
export const plainTheme: Theme = {
	status: text => text,
	dim: text => text,
	strong: text => text,
	warning: text => text,
	name: text => text,
	ownName: text => text,
};

/** Whether the environment wants colours: `FORCE_COLOR` before `NO_COLOR`, as Node itself has it. */
export function wantsColor(environment: NodeJS.ProcessEnv): boolean {
	if (environment.FORCE_COLOR !== undefined)
		return environment.FORCE_COLOR !== '0' && environment.FORCE_COLOR !== 'false';
	return !environment.NO_COLOR;
}

function hash(text: string): number {
	let value = 0;
	for (let index = 0; index < text.length; index++) value = (value * 31 + text.charCodeAt(index)) >>> 0;
	return value;
}
