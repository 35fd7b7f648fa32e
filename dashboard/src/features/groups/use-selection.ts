import { useCallback, useState } from 'react';

/** Which devices are ticked. What is dragged or moved is the whole selection, or the one outside it. */
export function useSelection() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());

  const toggle = useCallback(
    (uuid: string) =>
      setSelected((before) => {
        const after = new Set(before);
        if (!after.delete(uuid)) after.add(uuid);
        return after;
      }),
    [],
  );
  const add = useCallback(
    (uuids: string[]) => setSelected((before) => new Set([...before, ...uuids])),
    [],
  );
  const clear = useCallback(() => setSelected(new Set()), []);
  const withSelection = useCallback(
    (uuid: string) => (selected.has(uuid) ? [...selected] : [uuid]),
    [selected],
  );

  return { selected, toggle, add, clear, withSelection };
}

export type Selection = ReturnType<typeof useSelection>;
