import { Checkbox, Radio, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import { type Mapping, type Missing, nounsOf, setMissing, targetOf, theirId } from './mapping';

const policies: { value: Missing; label: string }[] = [
  { value: 'create', label: 'Create them' },
  { value: 'leave_empty', label: 'Leave the field empty' },
  { value: 'refuse', label: 'Refuse the row' },
];

/** What happens to records that are there already, and to names that are not. */
export const PolicyStep = ({ mapping, onMapping }: { mapping: Mapping; onMapping: (mapping: Mapping) => void }) => {
  const catalog = useCatalog();
  const hasId = Object.keys(mapping.columns).some(header => targetOf(mapping, header) === theirId) || mapping.external_id !== undefined;
  return (
    <Stack maw={640}>
      <Radio.Group
        label="When a record is there already"
        description={
          mapping.kind === 'deals'
            ? hasId
              ? `Deals are found again by ${mapping.external_id?.column}.`
              : 'Deals are found again by their id only, and no column holds one: importing the file twice would make them twice.'
            : 'Records are found again by their id, else by address, code or name.'
        }
        value={mapping.existing ?? 'update'}
        onChange={existing => onMapping({ ...mapping, existing: existing as 'update' | 'keep' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="update" label="Make it what the file says" description="Empty cells say nothing and change nothing." />
          <Radio value="keep" label="Leave it as it is" />
        </Stack>
      </Radio.Group>
      <Text fw={600} size="sm" mt="sm">
        When a row names what is not there yet
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {nounsOf[mapping.kind].map(noun => (
          <Select
            key={noun}
            label={noun === 'users' ? 'Users (without a password)' : noun.charAt(0).toUpperCase() + noun.slice(1)}
            allowDeselect={false}
            value={mapping.missing?.[noun] ?? 'refuse'}
            onChange={policy => onMapping(setMissing(mapping, noun, policy as Missing))}
            data={policies}
          />
        ))}
      </SimpleGrid>
      <Checkbox
        label="Take near names for existing ones"
        description="“GTXPro” for “GTX Pro”; the report says which."
        checked={mapping.near_names ?? false}
        onChange={event => onMapping({ ...mapping, near_names: event.currentTarget.checked })}
      />
      {mapping.kind === 'deals' && (
        <Select
          label="Pipeline of deals that name none"
          clearable
          placeholder="The default pipeline"
          value={mapping.pipeline ?? null}
          onChange={name => {
            const { pipeline: _, ...rest } = mapping;
            onMapping(name ? { ...rest, pipeline: name } : rest);
          }}
          data={catalog.pipelines.map(pipeline => pipeline.name)}
        />
      )}
    </Stack>
  );
};
