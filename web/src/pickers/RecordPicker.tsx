import { Combobox, InputBase, Loader, ScrollArea, Text, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, ask } from '../api/client';

export type Picked = { id: number; name: string };

type Kind = 'deal' | 'person' | 'organization' | 'product';

const lists: Record<Kind, (search: string, signal: AbortSignal) => Promise<(Picked & { detail?: string | null })[]>> = {
  deal: async (search, signal) =>
    (await ask(api.GET('/api/v1/deals', { params: { query: { search, limit: 20, include: ['organization'] } }, signal }))).data.map(
      deal => ({ id: deal.id, name: deal.title, detail: deal.organization?.name }),
    ),
  person: async (search, signal) =>
    (await ask(api.GET('/api/v1/persons', { params: { query: { search, limit: 20 } }, signal }))).data.map(person => ({
      id: person.id,
      name: person.name,
      detail: person.emails[0]?.value,
    })),
  organization: async (search, signal) =>
    (await ask(api.GET('/api/v1/organizations', { params: { query: { search, limit: 20 } }, signal }))).data,
  product: async (search, signal) =>
    (await ask(api.GET('/api/v1/products', { params: { query: { search, limit: 20 } }, signal }))).data.map(product => ({
      id: product.id,
      name: product.name,
      detail: product.code,
    })),
};

type Props = {
  kind: Kind;
  label?: ReactNode;
  'aria-label'?: string;
  placeholder?: string;
  value: Picked | null;
  onChange: (picked: Picked | null) => void;
  /** Offers to make one of the typed name; makes it and says which it became. */
  onCreate?: (name: string) => Promise<Picked>;
  error?: ReactNode;
  required?: boolean;
  autoFocus?: boolean;
  clearable?: boolean;
};

/** Chooses a record by typing a part of its name; the server searches, so it works for ten rows and for a million. */
export const RecordPicker = ({ kind, value, onChange, onCreate, clearable = true, placeholder, ...input }: Props) => {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [text, setText] = useState<string | null>(null);
  const [term] = useDebouncedValue(text ?? '', 150);
  const { data, isFetching } = useQuery({
    queryKey: ['pick', kind, term],
    queryFn: ({ signal }) => lists[kind](term, signal),
    enabled: combobox.dropdownOpened,
    placeholderData: before => before,
    staleTime: 10_000,
  });

  const typed = (text ?? '').trim();
  const exact = data?.some(one => one.name.toLowerCase() === typed.toLowerCase());
  const choose = async (id: string) => {
    combobox.closeDropdown();
    setText(null);
    if (id === 'new') onChange(await onCreate!(typed));
    else onChange(data?.find(one => String(one.id) === id) ?? null);
  };

  return (
    <Combobox store={combobox} onOptionSubmit={id => void choose(id)} withinPortal shadow="md">
      <Combobox.Target>
        <InputBase
          {...input}
          value={text ?? value?.name ?? ''}
          placeholder={placeholder ?? `Find a ${kind}`}
          onChange={event => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown();
            setText(null);
          }}
          rightSection={
            isFetching && combobox.dropdownOpened ? (
              <Loader size={14} />
            ) : value && clearable ? (
              <button
                type="button"
                aria-label="Clear"
                tabIndex={-1}
                onMouseDown={event => event.preventDefault()}
                onClick={() => onChange(null)}
                style={{ border: 'none', background: 'none', display: 'flex', color: 'var(--t-dim)', cursor: 'pointer' }}
              >
                <IconX size={14} aria-hidden />
              </button>
            ) : (
              <Combobox.Chevron />
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options>
          <ScrollArea.Autosize mah={260} type="scroll">
            {data?.map(one => (
              <Combobox.Option key={one.id} value={String(one.id)}>
                <Text size="sm">{one.name}</Text>
                {one.detail && (
                  <Text size="xs" c="dimmed">
                    {one.detail}
                  </Text>
                )}
              </Combobox.Option>
            ))}
            {onCreate && typed && !exact && (
              <Combobox.Option value="new">
                <Text size="sm">
                  <IconPlus size={13} aria-hidden /> Add “{typed}”
                </Text>
              </Combobox.Option>
            )}
            {data?.length === 0 && !(onCreate && typed) && <Combobox.Empty>Nothing found</Combobox.Empty>}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
};
