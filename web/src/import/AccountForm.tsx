import { Alert, Button, Checkbox, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconCloudDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import { Problem } from '../api/problem';
import { useSession } from '../session/useSession';

/** All that an account of Pipedrive holds, through its API. */
export const AccountForm = () => {
  const navigate = useNavigate();
  const { isAdmin } = useSession();
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [createUsers, setCreateUsers] = useState(true);
  const begin = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/imports/accounts', {
          body: { source: 'pipedrive', url: url.trim(), token: token.trim(), create_users: createUsers },
        }),
      ),
    onSuccess: begun => navigate(`/import/${begun.uid}`),
  });
  const wrong = (field: string) => (begin.error instanceof Problem ? begin.error.fields[field] : undefined);
  if (!isAdmin) return <Alert title="For admins">An account is copied whole, with its pipelines and fields; ask an admin to do it.</Alert>;
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      <Stack>
        <TextInput
          label="Address of the company"
          placeholder="https://company.pipedrive.com"
          type="url"
          required
          value={url}
          error={wrong('url')}
          onChange={event => setUrl(event.currentTarget.value)}
        />
        <PasswordInput
          label="API token"
          description="In Pipedrive: Personal preferences, API. What its user sees is copied. It is forgotten when the import has ended."
          required
          autoComplete="off"
          value={token}
          error={wrong('token')}
          onChange={event => setToken(event.currentTarget.value)}
        />
        <Checkbox
          label="Make users for addresses that nobody here has"
          description="Without a password. Otherwise their records become yours."
          checked={createUsers}
          onChange={event => setCreateUsers(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed">
          Labels, custom fields, pipelines, organizations, persons, products, deals with their products, activities and notes. Records keep
          their ids where those are free. Copying again brings what has changed there since, and nothing twice.
        </Text>
        {begin.error && !wrong('url') && !wrong('token') && <Alert color="red.8">{begin.error.message}</Alert>}
        <div>
          <Button type="submit" loading={begin.isPending} leftSection={<IconCloudDownload size={16} aria-hidden />}>
            Copy the account
          </Button>
        </div>
      </Stack>
    </form>
  );
};
