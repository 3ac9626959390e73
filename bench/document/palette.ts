/** How a server is drawn. */
export type Style = {readonly color: string; readonly symbol: string};

// A picture does not know whether the page is light or dark: every colour has a contrast of at least 3 : 1, the text of
// 4.3 : 1, to white as well as to GitHub's dark background.
export const text = '#757b84';
export const faint = '#757b8440';
const styles: Readonly<Record<string, Style>> = {
	ours: {color: '#2f81f7', symbol: 'circle'},
	plain: {color: '#c4691c', symbol: 'rect'},
	least: {color: '#2c974b', symbol: 'triangle'},
	inspircd: {color: '#a064e8', symbol: 'diamond'},
};
const otherStyles: readonly Style[] = [
	{color: '#d9534f', symbol: 'emptyCircle'},
	{color: '#1b8a96', symbol: 'emptyRect'},
	{color: '#b5489c', symbol: 'emptyTriangle'},
	{color: '#8a7a1f', symbol: 'emptyDiamond'},
];

/** How each of `servers` is drawn. A name may carry a version, as in "inspircd 3.15". */
export function styleTable(servers: readonly string[]): (server: string) => Style {
	const kind = (server: string) => server.toLowerCase().split(/[^a-z]/)[0] ?? '';
	const others = servers.filter(name => !Object.hasOwn(styles, kind(name)));
	return server => {
		const style = styles[kind(server)] ?? otherStyles[others.indexOf(server) % otherStyles.length];
		return style ?? {color: text, symbol: 'circle'};
	};
}
