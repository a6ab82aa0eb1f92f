import { Tabs } from '@mantine/core';
import type { Deal } from '../api/types';
import { NoteForm } from '../past/NoteForm';
import { CallForm } from './CallForm';
import classes from './Deal.module.css';
import { FileForm } from './FileForm';
import { MailForm } from './MailForm';

export type Composed = 'note' | 'activity' | 'file' | 'mail' | 'call' | null;

const kinds = [
  { key: 'note', label: 'Note' },
  { key: 'activity', label: 'Activity' },
  { key: 'call', label: 'Call' },
  { key: 'mail', label: 'E-mail log' },
  { key: 'file', label: 'File' },
] as const;

type Props = { deal: Deal; open: Composed; onOpen: (what: Composed) => void; onClose: () => void };

/** Where what happened is written down. */
export const Composer = ({ deal, open, onOpen, onClose }: Props) => (
  <div className={classes.composer}>
    <Tabs value={open} onChange={value => onOpen(value as Composed)} variant="pills" keepMounted={false}>
      <Tabs.List
        aria-label="Add to the timeline"
        style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden', scrollbarWidth: 'none' }}
      >
        {kinds.map(kind => (
          <Tabs.Tab key={kind.key} value={kind.key} size="sm">
            {kind.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="note" pt="sm">
        <NoteForm about={{ deal_id: deal.id }} onClose={onClose} />
      </Tabs.Panel>
      <Tabs.Panel value="call" pt="sm">
        <CallForm deal={deal} onClose={onClose} />
      </Tabs.Panel>
      <Tabs.Panel value="mail" pt="sm">
        <MailForm deal={deal} onClose={onClose} />
      </Tabs.Panel>
      <Tabs.Panel value="file" pt="sm">
        <FileForm deal={deal} onClose={onClose} />
      </Tabs.Panel>
    </Tabs>
  </div>
);
