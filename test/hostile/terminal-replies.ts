const esc = '\u001B';
const bell = '\u0007';
const st = `${esc}\\`;
const colour = 'rgb:1212/1616/1f1f';

/** What terminals say that is no key, by what it answers; as of xterm, kitty, VTE, foot, iTerm2, Windows Terminal, tmux. */
export const terminalReplies: Readonly<Record<string, readonly string[]>> = {
	'colours (OSC 4, 10, 11, 12)': [
		`${esc}]10;${colour}${st}`,
		`${esc}]11;${colour}${bell}`,
		`${esc}]11;rgba:12/16/1f/ff${st}`,
		`${esc}]12;#12161f${bell}`,
		`${esc}]4;1;${colour}${st}`,
		`\u009D11;${colour}\u009C`,
	],
	'clipboard (OSC 52)': [
		`${esc}]52;c;aGVsbG8gd29ybGQK${st}`,
		`${esc}]52;c;${bell}`,
		`${esc}]52;p;${'QUJD'.repeat(300)}${st}`,
	],
	'other OSC': [
		`${esc}]l title${st}`,
		`${esc}]L icon${st}`,
		`${esc}]99;i=1:p=?;${st}`,
		`${esc}]1337;ReportCellSize=17;8${st}`,
	],
	'attributes (DA1, DA2, DA3)': [
		`${esc}[?62;22c`,
		`${esc}[?6c`,
		`${esc}[>41;390;0c`,
		`${esc}[>0;136;0c`,
		`${esc}P!|00000000${st}`,
		'\u009B?62;22c',
	],
	'version (XTVERSION)': [`${esc}P>|xterm(390)${st}`, `${esc}P>|tmux 3.4${st}`, '\u0090>|foot(1.16)\u009C'],
	'the cursor (CPR, DECXCPR)': [`${esc}[12;40R`, `${esc}[1;1R`, `${esc}[?12;40;1R`, `${esc}[999;999R`],
	'status (DSR)': [`${esc}[0n`, `${esc}[3n`, `${esc}[?997;1n`, `${esc}[?13n`],
	'modes (DECRPM)': [`${esc}[?2026;2$y`, `${esc}[4;2$y`, `${esc}[?1016;0$y`],
	'settings (DECRQSS)': [`${esc}P1$r0m${st}`, `${esc}P0$r${st}`, `${esc}P1$r1;24r${st}`],
	'capabilities (XTGETTCAP)': [`${esc}P1+r544e=787465726d${st}`, `${esc}P0+r${st}`],
	window: [`${esc}[8;24;80t`, `${esc}[4;384;640t`, `${esc}[6;17;8t`, `${esc}[48;24;80;384;640t`],
	focus: [`${esc}[I`, `${esc}[O`],
	mouse: [
		`${esc}[<0;10;10M`,
		`${esc}[<0;10;10m`,
		`${esc}[<65;200;50M`,
		`${esc}[M !!`,
		`${esc}[M#~!`,
		`${esc}[32;10;10M`,
	],
	'kitty keys': [`${esc}[?1u`, `${esc}[?31u`, `${esc}[97;1:3u`, `${esc}[57441;2u`],
	'kitty graphics': [`${esc}_Gi=1;OK${st}`, `${esc}_Gi=31;ENOENT:no such file${st}`],
	unknown: [
		`${esc}[99~`,
		`${esc}[1;2;3;4z`,
		`${esc}[?1;2;3$z`,
		`${esc}^private${st}`,
		`${esc}Xsos${st}`,
		`${esc}[>4;2m`,
	],
};
