// What the program does with a store beside hosting.
export type {Inventory} from './store/sqlite/care.ts';
export {takeCare} from './store/sqlite/care-taker.ts';
