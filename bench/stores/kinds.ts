/** `room`: one room that everybody is in, and no message. `history`: many messages and rooms, all of it indexed. */
export type StoreKind = 'room' | 'history';
