import { useCallback, useState } from 'react';

/** Which devices are ticked. */
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

  return { selected, toggle, add, clear };
}
