// Makes the pictures of the readme: each scene of scenes.ts in a window of each theme, as NAME-THEME.svg. Names of scenes
// as arguments make only those. Needs a built program and the default port.
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {runCleanups} from '../test/support/cleanup.ts';
import {themes} from './palette.ts';
import {renderSvg} from './picture.ts';
import {scenes} from './scenes.ts';
import {Stage} from './stage.ts';

const wanted = process.argv.slice(2);

for (const [name, {play, ...window}] of Object.entries(scenes)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	for (const [themeName, theme] of Object.entries(themes)) {
		try {
			const stage = await Stage.open({...window, theme});
			await play(stage);
			const {terminal, cursor} = stage.screen;
			const picture = renderSvg(terminal, {title: 'a-chat-tui', hasCursor: !cursor.isHidden, theme});
			const file = path.join(import.meta.dirname, `${name}-${themeName}.svg`);
			writeFileSync(file, picture);
			console.log(
				`${path.relative(process.cwd(), file)}: ${Math.ceil(Buffer.byteLength(picture) / 1024)} KiB`,
			);
		} finally {
			await runCleanups('test');
		}
	}
}
