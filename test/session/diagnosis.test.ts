import {expect, test} from 'vitest';
import {explainSocketError} from '../../source/session/diagnosis.ts';

test.each([
	['127.0.0.1', 8080, '"a-chat-tui --host"'],
	['localhost', 8080, '"a-chat-tui --host"'],
	['127.0.0.1', 18_299, '"a-chat-tui --host --listen 18299"'],
	['127.0.0.2', 8080, '"a-chat-tui --host --listen 127.0.0.2:8080"'],
	['::1', 9, '"a-chat-tui --host --listen [::1]:9"'],
	['192.168.1.20', 8080, '"a-chat-tui --host --listen 0.0.0.0:8080"'],
	['example.org', 9000, '"a-chat-tui --host --listen 0.0.0.0:9000"'],
	['2001:db8::1', 8080, '"a-chat-tui --host --listen [::]:8080"'],
])('where nobody hosts at %s, port %i, the command is told that does', (host, port, command) => {
	const refused = Object.assign(new Error('refused'), {code: 'ECONNREFUSED'});
	expect(explainSocketError(refused, {host, port}).message).toContain(`start one there with ${command}, or`);
});
