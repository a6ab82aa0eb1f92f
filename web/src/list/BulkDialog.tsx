import { Alert, Button, Group, List, Progress, Select, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { EditorValue } from '../grid/column';
import { ValueInput } from '../grid/ValueInput';
import { announce } from '../ui/announce';
import { Modal } from '../ui/Modal';
import { notifyDone, notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { type BulkChange, backItem, collect, collectIds, itemOf, type Report, run, sentence, type Target } from './bulk';
import type { BulkField } from './bulkFields';
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

type Work = { label: string; done: number; total: number };

/** Changes many deals: what, then what would become of them, then all at once with progress, and for a while back again. */
export const BulkDialog = ({ state, ids, count, fields, change, onClose, onDone }: Props) => {
  const format = useFormat();
  const queries = useQueryClient();
  const [field, setField] = useState<BulkField | null>(null);
  const [value, setValue] = useState<EditorValue>(null);
  const [work, setWork] = useState<Work | null>(null);
  const [preview, setPreview] = useState<{ change: BulkChange; report: Report } | null>(null);
  const abort = useRef<AbortController>(new AbortController());
  useEffect(() => () => abort.current.abort(), []);

  const work_ = (label: string) => (done: number, total: number) => setWork({ label, done, total });
  const fail = (error: unknown) => {
    setWork(null);
    if (!(error instanceof DOMException)) notifyError(error);
  };

  const ask = async (asked: BulkChange) => {
    const { signal } = abort.current;
    setWork({ label: 'Reading the deals', done: 0, total: count });
    const targets = ids
      ? await collectIds(ids, asked.fields, signal)
      : await collect(state, asked.fields, work_('Reading the deals'), signal);
    const report = await run(pairs(asked, targets), true, work_('Trying it'), signal);
    setWork(null);
    setPreview({ change: asked, report });
    announce(sentence(report, format.number));
  };

  const apply = async ({ change: asked, report }: { change: BulkChange; report: Report }) => {
    // The preview left the versions as they would be; what is sent names none, so that nobody's hurry stops the rest.
    const done = await run(
      pairs(
        asked,
        report.changed.map(target => ({ ...target, version: -1 })),
      ),
      false,
      work_('Changing'),
      abort.current.signal,
    );
    void queries.invalidateQueries({ queryKey: ['deals'] });
    onDone();
    onClose();
    const back = async () => {
      const undone = await run(
        done.changed.map(target => ({ target: { ...target, version: -1 }, item: backItem(asked, target) })),
        false,
        () => {},
        new AbortController().signal,
      );
      void queries.invalidateQueries({ queryKey: ['deals'] });
      if (undone.refused.length > 0) notifyError(new Error(`${sentence(undone, format.number, true)}.`), 'Not all could be taken back');
    };
    notifyDone(`${asked.label}: ${sentence(done, format.number, true)}.`, done.changed.length > 0 ? back : undefined);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, for the change the dialog was opened with.
  useEffect(() => {
    abort.current = new AbortController();
    if (change) ask(change).catch(fail);
  }, []);

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
        {preview && !work && <Preview report={preview.report} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {work ? 'Stop' : 'Cancel'}
          </Button>
          {!change && !preview && (
            <Button
              disabled={!field || (field.editor.required && value === null) || work !== null}
              onClick={() => field && ask(field.change(value)).catch(fail)}
            >
              Preview
            </Button>
          )}
          {preview && !work && (
            <Button
              data-autofocus
              disabled={preview.report.changed.length === 0}
              color={preview.change.kind === 'delete' ? 'red.8' : undefined}
              onClick={() => apply(preview).catch(fail)}
            >
              {preview.change.kind === 'update' ? 'Change' : preview.change.label} {format.number(preview.report.changed.length)}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
};

const pairs = (change: BulkChange, targets: Target[]) => targets.map(target => ({ target, item: itemOf(change, target) }));

const Preview = ({ report }: { report: Report }) => {
  const format = useFormat();
  return (
    <Stack gap="xs">
      <Text fw={600}>{sentence(report, format.number)}</Text>
      {report.refused.length > 0 && (
        <Alert color="orange.9" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} title="These stay as they are">
          <List size="sm">
            {report.refused.slice(0, 6).map(one => (
              <List.Item key={one.reason}>
                {format.number(one.ids.length)}: {one.reason}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
};
