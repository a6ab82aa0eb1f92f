import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { api, ask } from '../api/client';
import type { Stage } from '../api/types';
import { deleteDeals } from '../deals/changes';
import { notifyDone, notifyError } from '../ui/notify';
import classes from './Board.module.css';

/** A deal in one line, right in its column; stays open for the next one. */
export const QuickAdd = ({ stage, onClose }: { stage: Stage; onClose: () => void }) => {
  const queries = useQueryClient();
  const [title, setTitle] = useState('');
  const [value, setValue] = useState<number | ''>('');
  const input = useRef<HTMLInputElement>(null);
  const add = useMutation({
    mutationFn: () =>
      ask(api.POST('/api/v1/deals', { body: { title: title.trim(), stage_id: stage.id, ...(value === '' ? {} : { value }) } })),
    onSuccess: deal => {
      notifyDone(`“${deal.title}” added to ${stage.name}.`, () => deleteDeals([deal.id]));
      setTitle('');
      setValue('');
      input.current?.focus();
      void queries.invalidateQueries({ queryKey: ['board'] });
    },
    onError: error => notifyError(error, 'The deal was not added'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim()) add.mutate();
  };
  return (
    <form className={classes.quickAdd} onSubmit={submit} onKeyDown={event => event.key === 'Escape' && onClose()}>
      <Stack gap={6}>
        <TextInput
          ref={input}
          autoFocus
          aria-label="Title"
          placeholder="Title"
          value={title}
          onChange={event => setTitle(event.currentTarget.value)}
        />
        <NumberInput
          aria-label="Value"
          placeholder="Value"
          hideControls
          thousandSeparator
          value={value}
          onChange={next => setValue(typeof next === 'number' ? next : '')}
        />
        <Group gap={6}>
          <Button type="submit" size="compact-sm" loading={add.isPending} disabled={!title.trim()}>
            Add
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onClose}>
            Close
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
