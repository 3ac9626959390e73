// `npm run profile`: where the broker's time goes, or its memory, under a scenario; see docs/performance.md.
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describeFaults} from './load/faults.ts';
import {describeProfile} from './profile/describe.ts';
import {type ProfileOptions, readOptions} from './profile/options.ts';
import {type Taken, takeProfile} from './profile/take.ts';
import {createProgress} from './progress.ts';

try {
	const options = readOptions(process.argv.slice(2));
	if (options !== undefined) {
		const progress = createProgress();
		const taken = await takeProfile(options, progress.tell).finally(progress.end);
		console.log(describeProfile(taken, options));
		if (options.outFolder !== undefined) console.log(`\nkept in ${keep(taken, options, options.outFolder)}`);
		const faults = describeFaults(taken.finding.faults);
		if (faults !== undefined) {
			console.log(`\nFAULTS: ${faults}`);
			process.exitCode = 1;
		}
	}
} catch (error) {
	// What the load generator said says more than that it failed.
	const {message, stderr} = error as Error & {readonly stderr?: string};
	console.error(`profile: ${(stderr || message).trim()}`);
	process.exitCode = 2;
}

function keep({threads}: Taken, {scenario}: ProfileOptions, folder: string): string {
	mkdirSync(folder, {recursive: true});
	const files = threads.map((thread, i) => {
		const [profile, extension] = 'cpu' in thread ? [thread.cpu, 'cpuprofile'] : [thread.heap, 'heapprofile'];
		const file = path.join(folder, `${scenario.name}${i === 0 ? '' : `.${thread.name}`}.${extension}`);
		writeFileSync(file, JSON.stringify(profile));
		return file;
	});
	return files.join(' ');
}
