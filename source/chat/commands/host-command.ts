/** What only the host can do or knows. */
export type HostCommand =
	| {readonly type: 'who'; readonly room?: string | undefined}
	| {readonly type: 'rooms'}
	| {readonly type: 'join' | 'part'; readonly room: string}
	/** Without words in it, `away` says nothing but that; left out it means that we are back. */
	| {readonly type: 'state'; readonly away?: string | undefined};
