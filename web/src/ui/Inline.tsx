import { ActionIcon, Group, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import classes from './Inline.module.css';

type Props = {
  label: string;
  children: ReactNode;
  /** The editor; it calls `close` when it is done, saved or not. */
  editor?: (close: () => void) => ReactNode;
  hideLabel?: boolean;
  /** Beside the label, such as a link to the history. */
  aside?: ReactNode;
};

/** A value that becomes its editor when it is pressed. Escape leaves it as it was; the focus comes back to it. */
export const Inline = ({ label, children, editor, hideLabel, aside }: Props) => {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <div className={classes.row}>
      {!hideLabel && (
        <Group justify="space-between" gap={4} wrap="nowrap">
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          {aside}
        </Group>
      )}
      {isOpen && editor ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes whatever editor stands inside.
        <div onKeyDown={event => event.key === 'Escape' && close()}>{editor(close)}</div>
      ) : editor ? (
        <button ref={button} type="button" className={classes.value} onClick={() => setOpen(true)}>
          <span>
            <span className="visually-hidden">{label}: edit </span>
            {children}
          </span>
          <ActionIcon component="span" size="xs" variant="transparent" className={classes.pencil} aria-hidden>
            <IconPencil size={13} />
          </ActionIcon>
        </button>
      ) : (
        <div className={classes.still}>{children}</div>
      )}
    </div>
  );
};
