/**
 * Where a connection is; it only goes on, never back.
 *
 * - `login`: its first line has not come
 * - `waiting`: its login is taken, which may change any moment
 * - `refusing`: it will be told why it has to go, after its next line
 * - `here`: it has its login
 * - `closing`: what it sends does not count any more; what waits for it is written, then FIN
 * - `closed`: the socket is gone
 */
export type Phase = 'login' | 'waiting' | 'refusing' | 'here' | 'closing' | 'closed';
