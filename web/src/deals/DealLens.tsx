import { Button, Code, CopyButton, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { fieldName } from '../past/words';
import { ErrorState, LoadingRows } from '../ui/states';
import { curlOf, ownOf, useLens } from './lens';

/** This deal as a client of each API sees it, and what each of them cannot say. */
export default function DealLens({ deal }: { deal: Deal }) {
  const own = ownOf(deal);
  const { data: spellings, error, refetch } = useLens(deal);
  const [chosen, setChosen] = useState(own.name);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!spellings) return <LoadingRows rows={4} />;
  const shown = spellings.find(one => one.name === chosen) ?? own;
  const json = JSON.stringify(shown.answer, null, 2);
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
          <Copy value={curlOf(shown, location.origin)} label="Copy as cURL" />
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
