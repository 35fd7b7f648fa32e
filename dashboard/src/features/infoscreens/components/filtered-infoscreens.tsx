/** The list behind its filters, and what can be done with the ticked ones. */
import type { RowSelectionState } from '@tanstack/react-table';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group } from '@/api/types';
import { SelectionCommandMenu } from '@/components/commands/selection-command-menu';
import { MoveMenu } from '@/components/devices/move-menu';
import { SelectionBar } from '@/components/devices/selection-bar';
import { useMove } from '@/components/devices/use-move';
import { NoMatch } from '@/components/ui/no-match';
import { filterRows, type InfoscreenRow } from '../infoscreen-rows';
import type { InfoscreensSearch } from '../search';
import { InfoscreenFilters } from './infoscreen-filters';
import { InfoscreenGrid } from './infoscreen-grid';

type FilteredInfoscreensProps = {
  rows: InfoscreenRow[];
  groups: Group[];
  search: InfoscreensSearch;
  onSearch: (change: InfoscreensSearch) => void;
};

const NO_FILTER = { q: undefined, group: undefined, status: undefined };

export function FilteredInfoscreens(props: FilteredInfoscreensProps) {
  const { rows, groups, search, onSearch } = props;
  const { t } = useTranslation('infoscreens');
  const [selection, setSelection] = useState<RowSelectionState>({});
  const clear = useCallback(() => setSelection({}), []);
  const move = useMove(clear);

  /** Typing stays quick: the list follows the filters a moment later. */
  const wanted = useDeferredValue(search);
  const matching = useMemo(() => filterRows(rows, wanted), [rows, wanted]);
  const ticked = matching.filter((row) => selection[row.client.uuid]).map((row) => row.client);

  return (
    <>
      <InfoscreenFilters rows={rows} groups={groups} search={search} onSearch={onSearch} />
      {matching.length === 0 ? (
        <NoMatch
          title={t('noMatch.title')}
          action={t('noMatch.action')}
          onShowAll={() => onSearch(NO_FILTER)}
        />
      ) : (
        <InfoscreenGrid
          rows={matching}
          groups={groups}
          sort={search.sort}
          onSort={(sort) => onSearch({ sort })}
          selection={selection}
          onSelection={setSelection}
        />
      )}
      <SelectionBar count={ticked.length} onClear={clear}>
        <SelectionCommandMenu clients={ticked} onStart={clear} />
        <MoveMenu groups={groups} onPick={(group) => move(ticked, group)} />
      </SelectionBar>
    </>
  );
}
