import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { TextEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import classes from './Side.module.css';

type Props = {
  label: string;
  member: string;
  value: string | null;
  /** Left out where it may not be changed. */
  save?: (patch: Record<string, string | null>) => void;
  multiline?: boolean;
  aside?: ReactNode;
};

/** A text of a record, changed where it stands. */
export const TextField = ({ label, member, value, save, multiline = false, aside }: Props) => (
  <Inline
    label={label}
    aside={aside}
    editor={
      save &&
      (close => (
        <TextEditor
          label={label}
          multiline={multiline}
          value={value ?? ''}
          close={close}
          onSave={next => save({ [member]: next.trim() || null })}
        />
      ))
    }
  >
    <bdi className={classes.value}>{value || '–'}</bdi>
  </Inline>
);

/** The way out of the app, beside the value that leads there. */
export const Outside = ({ to, children }: { to: string; children: string }) => (
  <Anchor href={to} size="xs" target={to.startsWith('http') ? '_blank' : undefined} rel="noreferrer">
    {children}
  </Anchor>
);
