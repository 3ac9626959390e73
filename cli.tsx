import process from 'node:process';
import {checkArguments, readCommandLine} from './source/modes/command-line.ts';
import {exitCodes} from './source/modes/exit-codes.ts';
import {readOptions} from './source/modes/options.ts';
import {fail} from './source/modes/output.ts';
import {isUsageError} from './source/modes/usage-error.ts';

const help = `
  Usage
    a-chat-tui --name alice
        join 127.0.0.1:8080; if nobody hosts there, host it and join
    a-chat-tui --name alice --join example.org:8080
    a-chat-tui --host [--listen 8080] --name alice
        start the broker in this process and join it
    a-chat-tui --host --headless
        the broker alone
    a-chat-tui --name ci --to bob,carol "build is green"
    make 2>&1 | a-chat-tui --name ci --to bob
        each line of a pipe
    a-chat-tui --name bot --json
        a bot in any language

  What a host keeps, without a chat (found by --listen or --store)
    --check                 read all of it, and say what is there or wrong
    --backup FILE           copy it, also while the host runs
    --store-reset           put it aside, so that the next host begins anew
    --forget NAME           free a name that is bound to a key

  Options
    -n, --name NAME         your login; else $A_CHAT_NAME, the one used last, or
                            your user name
    -j, --join ADDRESS      host:port, [v6]:port or host
    --host                  the broker in this process
    --listen [ADDRESS:]PORT where a host listens (127.0.0.1:8080; port 0 picks a
                            free one and says which)
    --headless              with --host: no chat; prints "listening on
                            ADDRESS:PORT" once it accepts
    --plain                 no screen: lines in, lines out; chosen by itself
                            without a terminal
    --json                  no screen: one JSON object a line, both ways
    --to NAME,NAME          send the given text, or each line of standard input,
                            then leave
    --max-connections N     how many connections a host takes (1024)
    --rate N                lines a second from each before a host delays them
                            (200; on 127.0.0.1 any number)
    --store FOLDER|memory   where a host keeps what is said (a folder for its
                            address, in your data folder)
    --keep 90d|36h|all      how long a host keeps it (90d)
    --keep-size 500MB|all   how much of it; the oldest gives way (1GB)
    --log text|json         with --headless: lines on standard error for people
                            (as it is), or for programs
    --verbose               with an error, say where it came from
    -v, --version
    -h, --help

  In the chat, "bob, carol: hi" goes to bob and carol.
`;

/** Reads the command line and runs what it asks for; any error is a sentence and an exit code. */
async function main(): Promise<void> {
	try {
		const argv = checkArguments(process.argv.slice(2));
		const {flags, words} = readCommandLine(argv);
		if (flags.help || flags.version) {
			const {describe} = await import('./source/modes/describe.ts');
			describe(help, argv, flags.help ? 'help' : 'version');
		}
		const isTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY) && process.env.TERM !== 'dumb';
		const options = readOptions(flags, words, isTerminal);
		const {run} = await import('./source/modes/run.ts');
		await run(options);
	} catch (error) {
		fail(error, isUsageError(error) ? exitCodes.wrongUse : exitCodes.failed);
	}
}

void main();
