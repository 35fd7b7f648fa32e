import { type RefObject, useEffect, useRef } from 'react';

/** The value of the last render, for handlers that must stay the same object for a thousand cards. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
