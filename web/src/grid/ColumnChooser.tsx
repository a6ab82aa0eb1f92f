import { ActionIcon, Button, Checkbox, Group, ScrollArea, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import { Modal } from '../ui/Modal';
import { type Column, moved, type Shown } from './column';

type Props<Row> = { columns: Column<Row>[]; shown: Shown[]; onShown: (shown: Shown[]) => void; onReset: () => void; onClose: () => void };

/** Which columns, and in which order: those that are shown first, the others below them. */
export const ColumnChooser = <Row,>({ columns, shown, onShown, onReset, onClose }: Props<Row>) => {
  const [term, setTerm] = useState('');
  const at = (id: string) => shown.findIndex(one => one.id === id);
  const others = columns.filter(column => at(column.id) < 0);
  const listed = [...shown.flatMap(one => columns.find(column => column.id === one.id) ?? []), ...others].filter(column =>
    column.label.toLowerCase().includes(term.trim().toLowerCase()),
  );
  return (
    <Modal opened onClose={onClose} title="Columns">
      <TextInput
        aria-label="Find a column"
        placeholder="Find a column"
        data-autofocus
        value={term}
        onChange={event => setTerm(event.currentTarget.value)}
        mb="xs"
      />
      <ScrollArea.Autosize mah="55vh" type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Columns' }}>
        {listed.map(column => {
          const index = at(column.id);
          return (
            <Group key={column.id} justify="space-between" wrap="nowrap" py={4} pe="sm">
              <Checkbox
                label={column.label}
                checked={index >= 0}
                disabled={index >= 0 && shown.length === 1}
                onChange={event =>
                  onShown(
                    event.currentTarget.checked
                      ? [...shown, { id: column.id, width: column.width }]
                      : shown.filter(one => one.id !== column.id),
                  )
                }
              />
              {index >= 0 && (
                <Group gap={4} wrap="nowrap">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`${column.label}: further left`}
                    disabled={index === 0}
                    onClick={() => onShown(moved(shown, index, index - 1))}
                  >
                    <IconArrowUp size={15} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`${column.label}: further right`}
                    disabled={index === shown.length - 1}
                    onClick={() => onShown(moved(shown, index, index + 1))}
                  >
                    <IconArrowDown size={15} aria-hidden />
                  </ActionIcon>
                </Group>
              )}
            </Group>
          );
        })}
      </ScrollArea.Autosize>
      <Group justify="space-between" mt="md">
        <Button variant="subtle" color="gray" onClick={onReset}>
          The usual columns
        </Button>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Modal>
  );
};
