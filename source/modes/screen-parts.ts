// What a screen needs beyond its first frame, as one piece to be loaded behind it.
export {EarlierInConversation} from './earlier-in-conversation.ts';
export {EarlierMessages} from './earlier-messages.ts';
export {screenFile} from './extended-options.ts';
export {KeptScreen} from './kept-screen.ts';
export {watchLookAlikes} from './look-alike-feed.ts';
export {ScreenCommands} from './screen-commands.ts';
export {ScreenHost} from './screen-host.ts';
export {ScreenLogin} from './screen-login.ts';
export {notice} from './screen-session.ts';
