#!/usr/bin/env node
// The door of the program: any Node that somebody may have must be able to parse this file, to be told in one
// sentence that it is too old. Everything modern is behind the files that it loads.
'use strict';

var wanted = [22, 13];
var found = process.versions.node.split('.').map(Number);

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
	console.error(
		'a-chat-tui needs Node ' +
			wanted.join('.') +
			' or newer and this is ' +
			process.versions.node +
			': install a newer one from https://nodejs.org and start it again.',
	);
	process.exit(1);
}

require('./start.cjs');
require('./main.cjs');
