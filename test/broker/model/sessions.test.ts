import {it} from 'vitest';
import {play} from './player.ts';
import {check, timeout} from './runs.ts';
import {script} from './script.ts';

it('what every peer gets is what the model says, byte for byte', {timeout}, async () => {
	await check(script, 250, play);
});
