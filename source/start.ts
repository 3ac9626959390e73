import {enableCompileCache} from 'node:module';
import {makeFolder} from './database/make-folder.ts';
import {homeFolders} from './modes/home.ts';

// Runs before anything else is loaded, so that all of it comes out of the cache.
//
// Compiling the screen anew costs about 30 ms at every start. The cache lies in a folder of the user's own and not in the
// shared temporary one where Node would put it: there, anybody on the machine could plant code for us to run. For the
// same reason it is made here and closed to others; Node would go by the umask.
const cache = homeFolders(process.env)?.cache;
if (cache !== undefined) {
	try {
		makeFolder(cache);
		enableCompileCache(cache);
	} catch {
		// It is for speed only.
	}
}
