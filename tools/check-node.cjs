// Runs before every npm script, so it must parse on any Node that somebody may have: no modern syntax here.
// npm puts node_modules/.bin first, and there lies the Node 24 that package.json brings along; only where its
// install script was not allowed to run does an old Node of the machine get this far.
'use strict';

var wanted = [22, 13];
var found = process.versions.node.split('.').map(Number);

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
	console.error(
		'Node ' +
			process.versions.node +
			' is too old, ' +
			wanted.join('.') +
			' or newer is needed: run "npm rebuild node" to get the one that this project brings, or install Node 24.',
	);
	process.exit(1);
}
