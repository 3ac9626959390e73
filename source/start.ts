import {enableCompileCache, flushCompileCache} from 'node:module';
import {homeFolders} from './modes/home.ts';

// Compiling the screen anew costs about 30 ms at every start. The cache lies in a folder of the user's own and not in the
// shared temporary one where Node would put it: there, anybody on the machine could plant code for us to run.
enableCompileCache(homeFolders(process.env).cache);

// Node writes the cache when the process exits by itself; a host that is killed, or runs for weeks, would never.
setTimeout(flushCompileCache, 2000).unref();

await import('../cli.tsx');
