import {useSyncExternalStore} from 'react';
import type {ScreenAction, ScreenState} from '../screen/screen-state.ts';
import type {Store} from '../screen/store.ts';

/**
 * The state that the socket's lines and the keys have made. It lives outside React, so that what arrives before the
 * first effect runs is not lost.
 */
export function useScreen(store: Store<ScreenState, ScreenAction>): ScreenState {
	return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
