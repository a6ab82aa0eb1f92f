import { Tabs } from '@mantine/core';
import type { About } from './about';
import { CallForm } from './CallForm';
import { FileForm } from './FileForm';
import { MailForm, type Party } from './MailForm';
import { NoteForm } from './NoteForm';
import classes from './Past.module.css';

export type Composed = 'note' | 'activity' | 'file' | 'mail' | 'call' | null;

const kinds = [
  { key: 'note', label: 'Note' },
  { key: 'activity', label: 'Activity' },
  { key: 'call', label: 'Call' },
  { key: 'mail', label: 'E-mail log' },
  { key: 'file', label: 'File' },
] as const;

type Props = {
  about: About;
  /** Who was spoken to. */
  personId?: number | null;
  /** With whom they write; left out where a message could not be found again. */
  party?: Party;
  open: Composed;
  /** An activity is planned in a dialog, which is the caller's. */
  onOpen: (what: Composed) => void;
  onClose: () => void;
};

/** Where what happened is written down, for any record that has a timeline. */
export const Composer = ({ about, personId, party, open, onOpen, onClose }: Props) => (
  <div className={classes.composer}>
    <Tabs value={open} onChange={value => onOpen(value as Composed)} variant="pills" keepMounted={false}>
      <Tabs.List
        aria-label="Add to the timeline"
        style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden', scrollbarWidth: 'none' }}
      >
        {kinds
          .filter(kind => kind.key !== 'mail' || party)
          .map(kind => (
            <Tabs.Tab key={kind.key} value={kind.key} size="sm">
              {kind.label}
            </Tabs.Tab>
          ))}
      </Tabs.List>
      <Tabs.Panel value="note" pt="sm">
        <NoteForm about={about} onClose={onClose} />
      </Tabs.Panel>
      <Tabs.Panel value="call" pt="sm">
        <CallForm about={{ ...about, ...(personId ? { person_id: personId } : {}) }} onClose={onClose} />
      </Tabs.Panel>
      {party && (
        <Tabs.Panel value="mail" pt="sm">
          <MailForm dealId={about.deal_id} party={party} onClose={onClose} />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="file" pt="sm">
        <FileForm about={about} onClose={onClose} />
      </Tabs.Panel>
    </Tabs>
  </div>
);
