import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** A screen to measure. In its commands stand `{address}`, `{host}`, `{port}`, `{login}` and `{home}`. */
export type Contestant = {
	readonly name: string;
	readonly command: string;
	/** The same for the figures of its start; an IRC client is started without connecting, as a server has it wait. */
	readonly startCommand?: string;
	readonly isIrc: boolean;
	/** Puts its settings into its home. */
	readonly prepare?: (home: string, place: {readonly port: number; readonly login: string}) => void;
	/** The key that says yes when it asks whether to paste. */
	readonly pasteKey?: string;
};

/** Where everybody meets in IRC. */
export const channel = '#bench';

const ours: Contestant = {
	name: 'ours',
	command: 'node dist/bin.cjs --name {login} --join {address}',
	isIrc: false,
};

const irssi: Contestant = {
	name: 'irssi',
	command: 'irssi --home={home}/irssi',
	startCommand: 'irssi --home={home}/irssi --noconnect',
	isIrc: true,
	prepare(home, {port, login}) {
		mkdirSync(path.join(home, 'irssi'));
		// One window for all, as a channel that is joined by itself does not come to the front; no lag in the status.
		const settings = `servers = ({ address = "127.0.0.1"; chatnet = "bench"; port = "${port}"; autoconnect = "yes"; });
chatnets = { bench = { type = "IRC"; nick = "${login}"; }; };
channels = ({ name = "${channel}"; chatnet = "bench"; autojoin = "yes"; });
settings = {
	core = { real_name = "${login}"; user_name = "${login}"; nick = "${login}"; };
	"irc/core" = { lag_check_time = "0"; };
	"fe-common/core" = { autocreate_windows = "no"; };
};
`;
		writeFileSync(path.join(home, 'irssi/config'), settings);
	},
	pasteKey: '\u000B',
};

const weechat: Contestant = {
	name: 'weechat',
	command: 'weechat -d {home}/weechat',
	startCommand: 'weechat -a -d {home}/weechat',
	isIrc: true,
	prepare(home, {port, login}) {
		mkdirSync(path.join(home, 'weechat'));
		const settings = `[server]
bench.addresses = "127.0.0.1/${port}"
bench.nicks = "${login}"
bench.autojoin = "${channel}"
bench.autoconnect = on
bench.tls = off
bench.ssl = off
`;
		writeFileSync(path.join(home, 'weechat/irc.conf'), settings);
	},
	pasteKey: '\u0019',
};

const ircMark = 'irc:';

/** Reads NAME=COMMAND, with `irc:` before the command of an IRC client. Throws a sentence about what is wrong. */
export function readScreen(text: string): Contestant {
	const sign = text.indexOf('=');
	if (sign < 1)
		throw new Error(`"${text}": give a name and a command, as in old='node ../old/dist/bin.cjs …'`);
	const command = text.slice(sign + 1);
	const isIrc = command.startsWith(ircMark);
	return {name: text.slice(0, sign), command: isIrc ? command.slice(ircMark.length) : command, isIrc};
}

/** Who takes part: ours, those that are given, and the IRC clients that are installed; the others are `missing`. */
export function findContestants(given: readonly Contestant[]): {
	readonly screens: readonly Contestant[];
	readonly missing: readonly string[];
} {
	const clients = [irssi, weechat];
	const installed = clients.filter(({name}) => isInstalled(name));
	return {
		screens: [ours, ...given, ...installed],
		missing: clients.filter(client => !installed.includes(client)).map(({name}) => name),
	};
}

function isInstalled(program: string): boolean {
	try {
		execFileSync('sh', ['-c', `command -v ${program}`], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
}
