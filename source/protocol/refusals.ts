/**
 * What a newcomer is told whose login is taken. The only words of a server that a client recognises, and only as the last
 * ones before it was let in: there they decide whether it asks the person for another name or tries again by itself.
 */
export const nameTaken = (login: string): string => `the name "${login}" is taken`;
