import { Button, Code, CopyButton, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { send } from '../api/client';
import { Problem } from '../api/problem';
import type { Deal } from '../api/types';
import { ErrorState, LoadingRows } from '../ui/states';
import { fieldName } from './words';

type Spelling = {
  dialect: string;
  name: string;
  path: string;
  status: number;
  answer: unknown;
  says: Record<string, string>;
  cannot_say: string[];
};

/** This deal as a client of each API sees it, and what each of them cannot say. */
export default function DealLens({ deal }: { deal: Deal }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['deal', deal.id, 'lens'],
    queryFn: async (): Promise<{ dialects: Spelling[] }> => {
      try {
        return await (await send(`/api/v1/deals/${deal.id}/lens`)).json();
      } catch (refused) {
        // A server that cannot look through the others still has its own answer.
        if (refused instanceof Problem && refused.isMissing) return { dialects: [] };
        throw refused;
      }
    },
  });
  const own: Spelling = {
    dialect: 'native',
    name: 'Our own API',
    path: `/api/v1/deals/${deal.id}`,
    status: 200,
    answer: plain(deal),
    says: {},
    cannot_say: [],
  };
  const spellings = [own, ...(data?.dialects ?? []).filter(one => one.dialect !== 'native')];
  const [chosen, setChosen] = useState(own.name);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={4} />;
  const shown = spellings.find(one => one.name === chosen) ?? own;
  const json = JSON.stringify(shown.answer, null, 2);
  const curl = `curl -H "Authorization: Bearer $KEY" ${location.origin}${shown.path}`;
  return (
    <Stack>
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          size="xs"
          aria-label="API"
          value={shown.name}
          onChange={setChosen}
          data={spellings.map(one => ({ value: one.name, label: one.name }))}
        />
      </div>
      <Group justify="space-between">
        <Code>
          GET {shown.path} → {shown.status}
        </Code>
        <Group gap="xs">
          <Copy value={json} label="Copy the JSON" />
          <Copy value={curl} label="Copy as cURL" />
        </Group>
      </Group>
      {shown.cannot_say.length > 0 && (
        <Text size="sm" c="dimmed">
          Cannot say: <CannotSay fields={shown.cannot_say} />
        </Text>
      )}
      {Object.keys(shown.says).length > 0 && <Says says={shown.says} />}
      <Code block mah={480} style={{ overflow: 'auto' }} tabIndex={0}>
        {json}
      </Code>
    </Stack>
  );
}

/** Without the records that this page asked for beside the deal. */
const plain = ({ person: _p, organization: _o, contacts: _c, followers: _f, ...deal }: Deal) => deal;

const CannotSay = ({ fields }: { fields: string[] }) => {
  const catalog = useCatalog();
  return fields.map(field => fieldName(field, catalog)).join(', ');
};

/** Our word beside theirs, where the two differ. */
const Says = ({ says }: { says: Record<string, string> }) => {
  const rows = Object.entries(says).filter(([field, member]) => field !== member);
  return (
    <details>
      <summary style={{ cursor: 'pointer', fontSize: 13 }}>{rows.length} fields have another name there</summary>
      <Table fz="xs" mt="xs" verticalSpacing={3}>
        <Table.Tbody>
          {rows.map(([field, member]) => (
            <Table.Tr key={field}>
              <Table.Td>
                <code>{field}</code>
              </Table.Td>
              <Table.Td>
                <code>{member}</code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  );
};

const Copy = ({ value, label }: { value: string; label: string }) => (
  <CopyButton value={value}>
    {({ copied, copy }) => (
      <Button size="compact-sm" variant="default" onClick={copy}>
        {copied ? 'Copied' : label}
      </Button>
    )}
  </CopyButton>
);
