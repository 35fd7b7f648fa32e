/** Lets a page say whether it follows the server live. The shell keeps it true. */
import { createContext, useContext } from 'react';
import type { StreamState } from './notice-stream';

const LiveContext = createContext<StreamState>('connecting');

export const LiveStateProvider = LiveContext.Provider;

export function useLiveState(): StreamState {
  return useContext(LiveContext);
}
