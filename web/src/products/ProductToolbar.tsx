import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Product } from '../api/types';
import type { Column, Shown } from '../grid/column';
import { ExportMenu } from '../grid/ExportMenu';
import { exported, exportUrl } from '../grid/exporting';
import { Toolbar } from '../ui/Toolbar';
import type { useAddressViews } from '../views/useViews';
import { ViewMenu } from '../views/ViewMenu';

type Props = {
  views: ReturnType<typeof useAddressViews>;
  search: string;
  onSearch: (term: string) => void;
  /** The list as the API is asked for it. */
  parameters: [string, string][];
  columns: Column<Product>[];
  shown: Shown[];
};

/** Which products, and what is listed as a file. */
export const ProductToolbar = ({ views, search, onSearch, parameters, columns, shown }: Props) => {
  const [text, setText] = useState(search);
  useEffect(() => setText(search), [search]);
  const find = useDebouncedCallback((term: string) => onSearch(term.trim()), 250);
  return (
    <Toolbar label="List" padding="0 16px 10px">
      <ViewMenu {...views} />
      <TextInput
        aria-label="Search products"
        placeholder="Name contains…"
        w={220}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
        rightSection={text ? <CloseButton size="sm" aria-label="Clear the search" onClick={() => onSearch('')} /> : null}
      />
      <Toolbar.Spring />
      <ExportMenu
        name="products"
        urlOf={format => exportUrl('products', format, parameters, exported(columns, shown))}
        apiQuery={`GET /api/v1/products?${new URLSearchParams(parameters)}`}
      />
    </Toolbar>
  );
};
