// A host without a screen, run from the source: the build is minified, and a profile is to show names and lines.
// Everything else is as in the program, the settings of the heap too.
import {parseArgs} from 'node:util';
import {runHeadless} from '../../source/modes/headless.ts';
import {readOptions} from '../../source/modes/options.ts';

const {values} = parseArgs({
	options: {listen: {type: 'string'}, 'max-connections': {type: 'string'}, store: {type: 'string'}},
});
const maxConnections = values['max-connections'];
await runHeadless(
	readOptions(
		{host: true, headless: true, listen: values.listen, store: values.store, maxConnections},
		[],
		false,
	),
);
