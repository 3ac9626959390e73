import type {Case} from './case.ts';
import {beside} from './cases/beside.ts';
import {endings} from './cases/endings.ts';
import {hello} from './cases/hello.ts';
import {lines} from './cases/lines.ts';
import {logins} from './cases/logins.ts';
import {messages} from './cases/messages.ts';
import {names} from './cases/names.ts';
import {plain} from './cases/plain.ts';
import {presence} from './cases/presence.ts';
import {promises} from './cases/promises.ts';
import {requests} from './cases/requests.ts';
import {resume} from './cases/resume.ts';
import {rooms} from './cases/rooms.ts';
import {syntax} from './cases/syntax.ts';
import {texts} from './cases/texts.ts';

/** What every server of the plain dialect has to keep. */
export const plainCases: readonly Case[] = [...lines, ...plain, ...endings, ...logins];

/** What one has to keep that answers a hello. */
export const extendedCases: readonly Case[] = [
	...[...hello, ...syntax, ...texts, ...messages, ...promises, ...beside, ...names],
	...[...resume, ...rooms, ...requests, ...presence],
];
