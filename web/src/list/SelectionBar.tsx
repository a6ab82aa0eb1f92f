import { Button } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconPencil, IconRestore, IconTrash } from '@tabler/icons-react';
import { ChosenBar } from '../ui/ChosenBar';
import { useFormat } from '../ui/useFormat';
import type { BulkChange } from './bulk';
import { archive, remove, restore } from './bulkFields';
import type { Tab } from './useListState';

type Props = {
  tab: Tab;
  count: number;
  /** How many the list has, when not all of them are chosen. */
  all: number | null;
  onAll: () => void;
  onClear: () => void;
  onChange: (change: BulkChange | null) => void;
};

/** What can be done with the chosen deals. */
export const SelectionBar = ({ tab, count, all, onAll, onClear, onChange }: Props) => {
  const format = useFormat();
  return (
    <ChosenBar label="Selected deals" count={count} onClear={onClear}>
      {all !== null && (
        <Button size="compact-sm" variant="subtle" onClick={onAll}>
          Select all {format.number(all)}
        </Button>
      )}
      {tab === 'deleted' ? (
        <Button size="compact-sm" leftSection={<IconRestore size={15} aria-hidden />} onClick={() => onChange(restore)}>
          Restore
        </Button>
      ) : (
        <>
          {tab !== 'archived' && (
            <Button size="compact-sm" leftSection={<IconPencil size={15} aria-hidden />} onClick={() => onChange(null)}>
              Change…
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={tab === 'archived' ? <IconArchiveOff size={15} aria-hidden /> : <IconArchive size={15} aria-hidden />}
            onClick={() => onChange(archive(tab !== 'archived'))}
          >
            {tab === 'archived' ? 'Take out' : 'Archive'}
          </Button>
          <Button size="compact-sm" variant="default" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => onChange(remove)}>
            Delete
          </Button>
        </>
      )}
    </ChosenBar>
  );
};
