// What a screen needs beyond its first frame, as one piece to be loaded behind it.
export {SessionError} from '../session/session-error.ts';
export {openExtended, passingOptions} from './extended-options.ts';
export {ScreenHost} from './screen-host.ts';
export {notice, startScreenSession} from './screen-session.ts';
