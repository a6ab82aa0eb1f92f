import { Anchor, Button, List, Stack, Text, TextInput } from '@mantine/core';
import { IconUserX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import { type Found, search } from '../api/search';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';

const paths: Partial<Record<Found['subject'], string>> = {
  deal: '/deals',
  person: '/contacts/persons',
  organization: '/contacts/organizations',
  product: '/products',
};

/** Erases what is known of a person who asks for it. Admins only; others are not offered it. */
export const ErasePerson = ({ id, name }: { id: number; name: string }) => {
  const { isAdmin } = useSession();
  const [isAsked, setAsked] = useState(false);
  if (!isAdmin) return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        c="var(--t-lost)"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconUserX size={14} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        Erase…
      </Button>
      {isAsked && <EraseForm id={id} name={name} onClose={() => setAsked(false)} />}
    </>
  );
};

const EraseForm = ({ id, name, onClose }: { id: number; name: string; onClose: () => void }) => {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const mentions = useQuery({
    queryKey: ['mentions', id, name],
    queryFn: async ({ signal }) => (await search(name, 20, signal)).filter(one => one.subject !== 'person' || one.id !== id),
  });
  return (
    <FormModal
      title={`Erase ${name} for good?`}
      submit="Erase for good"
      danger
      disabled={typed.trim() !== name.trim()}
      size="lg"
      keys={['persons', 'deals', 'leads', 'activities', 'board']}
      done="Erased. The audit log says that somebody was, not who."
      onClose={onClose}
      onSubmit={async () => {
        await ask(api.POST('/api/v1/persons/{id}/purge', { params: { path: { id } } }));
        navigate('/contacts/persons');
      }}
    >
      {() => (
        <>
          <Text size="sm">
            At once and without a way back: the person and those merged into them, their history, their notes, activities and files that
            hang on nothing else, and their names and addresses in lists of people and in kept copies of requests. Deals and leads go on
            without them.
          </Text>
          <Mentions found={mentions.data} name={name} />
          <TextInput
            label="Type the name to confirm"
            description={name}
            required
            data-autofocus
            autoComplete="off"
            value={typed}
            onChange={event => setTyped(event.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
};

/** What other records say in their own words stays, so it is shown before. */
const Mentions = ({ found, name }: { found?: Found[]; name: string }) => (
  <Stack gap={4} role="status">
    <Text size="sm" fw={600}>
      {found === undefined
        ? 'Looking who else names them…'
        : found.length === 0
          ? 'No other record names them.'
          : `Also named, and left as it is:`}
    </Text>
    {found !== undefined && found.length > 0 && (
      <List size="sm">
        {found.map(one => (
          <List.Item key={`${one.subject}${one.id}`}>
            {paths[one.subject] ? (
              <Anchor component={Link} to={`${paths[one.subject]}/${one.id}`} target="_blank" size="sm" underline="always">
                {one.name}
              </Anchor>
            ) : (
              one.name
            )}{' '}
            ({one.subject}) says “{name}” in its own words.
          </List.Item>
        ))}
      </List>
    )}
  </Stack>
);
