import { Button, Group, Progress, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { EditorValue } from '../grid/column';
import { ValueInput } from '../grid/ValueInput';
import { Modal } from '../ui/Modal';
import { useFormat } from '../ui/useFormat';
import { BulkPreview } from './BulkPreview';
import type { BulkChange } from './bulk';
import type { BulkField } from './bulkFields';
import { useBulk } from './useBulk';
import type { ListState } from './useListState';

type Props = {
  state: ListState;
  /** The chosen deals; none means all that the list has. */
  ids: number[] | null;
  count: number;
  fields: BulkField[];
  /** Known already, such as deleting; otherwise the dialog asks what to change. */
  change: BulkChange | null;
  onClose: () => void;
  onDone: () => void;
};

/** Changes many deals: what, then what would become of them, then all at once with progress, and for a while back again. */
export const BulkDialog = ({ state, ids, count, fields, change, onClose, onDone }: Props) => {
  const format = useFormat();
  const [field, setField] = useState<BulkField | null>(null);
  const [value, setValue] = useState<EditorValue>(null);
  const { work, preview, ask, apply } = useBulk({ state, ids, count, change, onClose, onDone });

  const title = change
    ? `${change.label} ${format.number(count)} ${count === 1 ? 'deal' : 'deals'}`
    : `Change ${format.number(count)} ${count === 1 ? 'deal' : 'deals'}`;
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <Stack gap="md">
        {!change && !preview && !work && (
          <>
            <Select
              label="What to change"
              data-autofocus
              searchable
              allowDeselect={false}
              value={field?.id ?? null}
              onChange={id => {
                setField(fields.find(one => one.id === id) ?? null);
                setValue(null);
              }}
              data={fields.map(one => ({ value: one.id, label: one.label }))}
            />
            {field && (
              <ValueInput
                key={field.id}
                label="New value"
                editor={field.editor as never}
                options={'options' in field.editor ? field.editor.options(null) : undefined}
                value={value}
                onChange={setValue}
              />
            )}
            {field && value === null && !field.editor.required && (
              <Text size="sm" c="dimmed">
                Left empty, {field.label.toLowerCase()} is cleared on all of them.
              </Text>
            )}
          </>
        )}
        {work && (
          <Stack gap={6} role="status" aria-label={work.label}>
            <Text size="sm">
              {work.label}: {format.number(work.done)} of {format.number(work.total)}
            </Text>
            <Progress value={work.total ? (work.done / work.total) * 100 : 0} aria-label={work.label} animated />
          </Stack>
        )}
        {preview && !work && <BulkPreview report={preview.report} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {work ? 'Stop' : 'Cancel'}
          </Button>
          {!change && !preview && (
            <Button
              disabled={!field || (field.editor.required && value === null) || work !== null}
              onClick={() => field && ask(field.change(value))}
            >
              Preview
            </Button>
          )}
          {preview && !work && (
            <Button
              data-autofocus
              disabled={preview.report.changed.length === 0}
              color={preview.change.kind === 'delete' ? 'red.8' : undefined}
              onClick={() => apply(preview)}
            >
              {preview.change.kind === 'update' ? 'Change' : preview.change.label} {format.number(preview.report.changed.length)}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
};
