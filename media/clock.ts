// Loaded into each program of a scene (`--import`), so that a picture shows the hours of its story and is the same
// whenever it is made: the wall clock stands where a file says, in ms since 1970.
import {readFileSync} from 'node:fs';
import process from 'node:process';

const file = process.env.A_CHAT_PICTURE_CLOCK;
if (file !== undefined) Date.now = () => Number(readFileSync(file, 'utf8'));
