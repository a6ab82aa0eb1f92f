import { Alert, Button, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { explain, Problem } from '../api/problem';
import { Modal } from './Modal';
import { notifyDone } from './notify';

type Props = {
  title: string;
  submit?: string;
  danger?: boolean;
  /** There is nothing to send yet. */
  disabled?: boolean;
  size?: string;
  /** Which queries what is sent makes old. */
  keys: string[];
  done?: string;
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
  /** What is wrong with which field, by the API's names. */
  children: (errors: Record<string, string>) => ReactNode;
};

/** A form in a dialog: sends, shows what is wrong beside its field, closes when it went well. */
export const FormModal = ({ title, submit = 'Save', danger, disabled, size, keys, done, onSubmit, onClose, children }: Props) => {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const errors = problem instanceof Problem ? problem.fields : {};
  const send = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit();
      await Promise.all(keys.map(key => queries.invalidateQueries({ queryKey: [key] })));
      if (done) notifyDone(done);
      onClose();
    } catch (refused) {
      setProblem(refused);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <form onSubmit={send}>
        <Stack gap="sm">
          {children(errors)}
          {problem !== null && (
            <Alert color="red" role="alert">
              {explain(problem)}
              {problem instanceof Problem && problem.errors.length > 0 && (
                <ul style={{ margin: '4px 0 0', paddingInlineStart: 18 }}>
                  {problem.errors.map(error => (
                    <li key={error.field + error.message}>{error.message}</li>
                  ))}
                </ul>
              )}
            </Alert>
          )}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={disabled} color={danger ? 'red.8' : undefined}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
