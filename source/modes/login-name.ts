import {readFileSync, writeFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import path from 'node:path';
import {makeFolder} from '../database/make-folder.ts';
import {parseLogin} from '../protocol/login.ts';
import {homeFolders} from './home.ts';
import {UsageError} from './usage-error.ts';

/** A login that nobody typed just now, and where it comes from. */
type FoundLogin = {readonly login: string; readonly source: 'environment' | 'remembered' | 'system'};

/**
 * The login to use when no flag names one: `$A_CHAT_NAME`, then the one that the screen used last, then the operating
 * system's user name, mended. Undefined when there is none of them.
 *
 * @throws UsageError if `$A_CHAT_NAME` is no login: it was set on purpose
 */
export function findLogin(environment: NodeJS.ProcessEnv): FoundLogin | undefined {
	if (environment.A_CHAT_NAME) {
		const result = parseLogin(environment.A_CHAT_NAME);
		if (!result.ok)
			throw new UsageError(`$A_CHAT_NAME cannot be used, ${result.problem}: set another, or use --name.`);
		return {login: result.login, source: 'environment'};
	}
	const remembered = readRemembered(environment);
	if (remembered) return {login: remembered, source: 'remembered'};
	const login = mendLogin(systemUser());
	return login === undefined ? undefined : {login, source: 'system'};
}

/** Makes a login of a user name of the operating system: `DOMAIN\Jo Doe` → `Jo-Doe`. */
export function mendLogin(user: string): string | undefined {
	const name = user
		.slice(user.lastIndexOf('\\') + 1)
		.replace(/@.*$/, '')
		.normalize('NFC')
		.replace(/[^\p{L}\p{M}\p{Nd}._-]+/gu, '-')
		.replace(/^[^\p{L}\p{Nd}]+|-+$/gu, '');
	const result = parseLogin([...name].slice(0, 32).join(''));
	return result.ok ? result.login : undefined;
}

/** Keeps the login for the next start. It is a convenience: a folder that cannot be written to changes nothing. */
export function rememberLogin(login: string, environment: NodeJS.ProcessEnv): void {
	const file = rememberedFile(environment);
	if (file === undefined) return;
	try {
		makeFolder(path.dirname(file));
		writeFileSync(file, `${login}\n`, {mode: 0o600});
	} catch {}
}

function readRemembered(environment: NodeJS.ProcessEnv): string | undefined {
	const file = rememberedFile(environment);
	if (file === undefined) return undefined;
	try {
		const result = parseLogin(readFileSync(file, 'utf8'));
		return result.ok ? result.login : undefined;
	} catch {
		return undefined;
	}
}

function rememberedFile(environment: NodeJS.ProcessEnv): string | undefined {
	const folders = homeFolders(environment);
	return folders && path.join(folders.config, 'name');
}

function systemUser(): string {
	try {
		return userInfo().username;
	} catch {
		// A user id without an entry in the user database, as in many containers.
		return '';
	}
}
