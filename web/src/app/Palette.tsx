import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconBuilding, IconCoin, IconList, IconPackage, IconPlus, IconSearch, IconUser, type TablerIcon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { type Found, type Subject, search } from '../api/search';
import { type Creatable, useCreate } from './create';
import { screens } from './screens';

const [store, palette] = createSpotlight();

export const openPalette = () => palette.open();

const shown: Record<Subject, { icon: TablerIcon; to: (id: number) => string; label: string }> = {
  deal: { icon: IconCoin, to: id => `/deals/${id}`, label: 'Deal' },
  person: { icon: IconUser, to: id => `/contacts/persons/${id}`, label: 'Person' },
  organization: { icon: IconBuilding, to: id => `/contacts/organizations/${id}`, label: 'Organization' },
  product: { icon: IconPackage, to: id => `/products/${id}`, label: 'Product' },
};

/** Commands and records by name: one place to go anywhere. */
export const Palette = () => {
  const navigate = useNavigate();
  const create = useCreate();
  const [query, setQuery] = useState('');
  const [term] = useDebouncedValue(query.trim(), 120);
  const { data: found, isFetching } = useQuery({
    queryKey: ['search', term],
    queryFn: ({ signal }) => search(term, 12, signal),
    enabled: term.length > 1,
    placeholderData: before => before,
  });

  const matches = (label: string) => label.toLowerCase().includes(query.trim().toLowerCase());
  const commands: SpotlightActionData[] = [
    ...screens.map(screen => ({
      id: screen.path,
      label: `Go to ${screen.label}`,
      leftSection: <screen.icon size={18} aria-hidden />,
      onClick: () => navigate(screen.path),
    })),
    {
      id: '/deals/list',
      label: 'Go to the list of deals',
      leftSection: <IconList size={18} aria-hidden />,
      onClick: () => navigate('/deals/list'),
    },
    ...(['deal', 'person', 'organization', 'activity', 'product'] as Creatable[]).map(what => ({
      id: `new-${what}`,
      label: `New ${what}`,
      leftSection: <IconPlus size={18} aria-hidden />,
      onClick: () => create(what),
    })),
  ].filter(action => matches(action.label));
  const record = (one: Found): SpotlightActionData => {
    const { icon: Icon, to, label } = shown[one.subject];
    return {
      id: `${one.subject}-${one.id}`,
      label: one.name,
      description: [label, one.detail].filter(Boolean).join(' · '),
      leftSection: <Icon size={18} aria-hidden />,
      onClick: () => navigate(to(one.id)),
    };
  };
  const records = term.length > 1 && query.trim().length > 1 ? (found ?? []).map(record) : [];
  const groups: SpotlightActionGroupData[] = [
    ...(records.length ? [{ group: 'Records', actions: records }] : []),
    ...(commands.length ? [{ group: 'Commands', actions: commands }] : []),
  ];

  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={groups}
      filter={(_, actions) => actions}
      query={query}
      onQueryChange={setQuery}
      highlightQuery
      scrollable
      maxHeight="60vh"
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      nothingFound={isFetching ? 'Searching…' : 'Nothing found.'}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Search or type a command',
        'aria-label': 'Search or type a command',
      }}
    />
  );
};
