/** What an import is told about its file (docs/import.md), as its JSON. */
export type Target = string | { field: string; format?: string; times?: number };
export type Missing = 'create' | 'refuse' | 'leave_empty';
export type Noun = 'organizations' | 'persons' | 'users' | 'products' | 'pipelines' | 'stages';
export type Kind = 'organizations' | 'persons' | 'products' | 'users' | 'deals';
export type Mapping = {
  kind: Kind;
  columns: Record<string, Target>;
  pipeline?: string;
  currency?: string;
  stages?: Record<string, { stage?: string; status: string }>;
  missing?: Partial<Record<Noun, Missing>>;
  near_names?: boolean;
  existing?: 'update' | 'keep';
  external_id?: { column: string; source: string };
  constants?: Record<string, string>;
  dates?: string;
  numbers?: string;
};

/** Stands for "the id in the other system" among the targets of columns. */
export const theirId = '#id';

export const kinds: { value: Kind; label: string }[] = [
  { value: 'deals', label: 'Deals' },
  { value: 'organizations', label: 'Organizations' },
  { value: 'persons', label: 'Persons' },
  { value: 'products', label: 'Products' },
  { value: 'users', label: 'Users' },
];

/** What rows of a kind may name that is not there yet. */
export const nounsOf: Record<Kind, Noun[]> = {
  deals: ['organizations', 'persons', 'users', 'products', 'stages'],
  organizations: ['organizations', 'users'],
  persons: ['organizations', 'users'],
  products: ['users'],
  users: ['users'],
};

const fieldOf = (target: Target | undefined) => (typeof target === 'string' ? target : target?.field);

/** What a column is imported as; none when it is left out. */
export const targetOf = (mapping: Mapping, header: string): string | null =>
  mapping.external_id?.column === header ? theirId : (fieldOf(mapping.columns[header]) ?? null);

export const formatOf = (mapping: Mapping, header: string) => {
  const target = mapping.columns[header];
  return typeof target === 'object' ? (target.format ?? null) : null;
};

/** The mapping with a column that is imported as something else, or not at all. A field is filled by one column only. */
export const retarget = (mapping: Mapping, header: string, target: string | null, source: string): Mapping => {
  const { [header]: _, ...others } = mapping.columns;
  const columns = Object.fromEntries(Object.entries(others).filter(([, other]) => fieldOf(other) !== target));
  const id = mapping.external_id?.column === header ? undefined : mapping.external_id;
  const { external_id: __, ...rest } = mapping;
  if (target === theirId) return { ...rest, columns, external_id: { column: header, source } };
  return { ...rest, columns: target ? { ...columns, [header]: target } : columns, ...(id ? { external_id: id } : {}) };
};

/** The mapping with another format for a column; what multiplies it stays. */
export const reformat = (mapping: Mapping, header: string, format: string | null): Mapping => {
  const field = fieldOf(mapping.columns[header]);
  if (!field) return mapping;
  const before = mapping.columns[header];
  const times = typeof before === 'object' ? before.times : undefined;
  const plain = !format && times === undefined;
  const target: Target = plain ? field : { field, ...(format ? { format } : {}), ...(times === undefined ? {} : { times }) };
  return { ...mapping, columns: { ...mapping.columns, [header]: target } };
};

/** Stages stand in pipelines: who lets stages be created lets a pipeline be created for them. */
export const setMissing = (mapping: Mapping, noun: Noun, policy: Missing): Mapping => ({
  ...mapping,
  missing: { ...mapping.missing, [noun]: policy, ...(noun === 'stages' ? { pipelines: policy } : {}) },
});

/** Who imports wants the rows in: what the mapping says nothing of is created, as far as the importer may. */
export const hopeful = (mapping: Mapping, may: { manage: boolean; administer: boolean }): Mapping =>
  nounsOf[mapping.kind].reduce((now, noun) => {
    const mayCreate = noun === 'users' ? may.administer : noun === 'stages' ? may.manage : true;
    return now.missing?.[noun] || !mayCreate ? now : setMissing(now, noun, 'create');
  }, mapping);

/** How cells of a type may be written, where that can be doubted. */
export const formatsOf = (type: string | undefined): { value: string; label: string }[] => {
  if (type === 'date' || type === 'instant')
    return [
      { value: 'yyyy-MM-dd', label: '2026-12-31' },
      { value: 'dd.MM.yyyy', label: '31.12.2026' },
      { value: 'd/m/y', label: '31/12/2026' },
      { value: 'm/d/y', label: '12/31/2026' },
      { value: 'excel', label: 'Days of Excel: 46387' },
    ];
  if (type === 'money' || type === 'whole_number')
    return [
      { value: '1,234.50', label: '1,234.50' },
      { value: '1.234,50', label: '1.234,50' },
    ];
  if (type === 'percentage')
    return [
      { value: 'percent', label: '25 means 25 %' },
      { value: 'fraction', label: '0.25 means 25 %' },
    ];
  return [];
};
