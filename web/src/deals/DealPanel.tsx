import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useShortcuts } from '../app/shortcuts';
import { useFocusBack } from '../ui/useFocusBack';
import classes from './Deal.module.css';
import { DealView } from './DealView';

/** A deal beside the board. */
export default function DealPanel({ id, onClose }: { id: number; onClose: () => void }) {
  const panel = useRef<HTMLElement>(null);
  useFocusBack(() => document.querySelector<HTMLElement>(`[data-deal="${id}"]`));
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  useShortcuts([{ keys: 'escape', label: 'Close the deal', group: 'Deal', run: onClose }]);
  return (
    <aside ref={panel} className={classes.panel} tabIndex={-1} aria-label="Deal">
      <Group gap={4} className={classes.panelTools}>
        <Tooltip label="Open as a page">
          <ActionIcon variant="subtle" color="gray" component={Link} to={`/deals/${id}`} aria-label="Open as a page">
            <IconArrowsMaximize size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label="Close">
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <DealView key={id} id={id} isPanel />
    </aside>
  );
}
