// What a screen needs beyond its first frame, as one piece to be loaded behind it.
export {watchNotices} from '../ui/notices/notices.ts';
export {Aside} from '../ui/terminal/aside.ts';
export {EarlierLines} from './earlier-lines.ts';
export {watchExcerpt} from './excerpts.ts';
export {screenFile} from './extended-options.ts';
export {watchSearch} from './host-search.ts';
export {KeptScreen} from './kept-screen.ts';
export {watchLookAlikes} from './look-alike-feed.ts';
export {ScreenCommands} from './screen-commands.ts';
export {ScreenHost} from './screen-host.ts';
export {ScreenLogin} from './screen-login.ts';
export {notice} from './screen-session.ts';
