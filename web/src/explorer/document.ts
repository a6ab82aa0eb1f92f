/** What of an OpenAPI 3.1 document the explorer reads. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maxLength?: number;
  description?: string;
};
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; description?: string; schema: Schema };
export type Coverage = 'full' | 'partial' | 'differs' | 'absent';
type Described = {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  'x-coverage'?: Coverage;
  'x-coverage-note'?: string;
  'x-cost'?: number;
};
export type Document = {
  info: { title: string };
  paths: Record<string, Record<string, Described>>;
  components?: { schemas?: Record<string, Schema> };
};

export type Operation = {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description?: string;
  parameters: Parameter[];
  bodyType?: string;
  body?: Schema;
  coverage: Coverage;
  note?: string;
  cost: number;
};

export const operationsOf = (document: Document): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => {
      const [bodyType, content] = Object.entries(one.requestBody?.content ?? {})[0] ?? [];
      return {
        id: one.operationId,
        method: method.toUpperCase(),
        path,
        tag: one.tags?.[0] ?? '',
        summary: one.summary ?? one.operationId,
        description: one.description,
        parameters: one.parameters ?? [],
        bodyType,
        body: content?.schema,
        coverage: one['x-coverage'] ?? 'full',
        note: one['x-coverage-note'],
        cost: one['x-cost'] ?? 1,
      };
    }),
  );

const resolve = (schema: Schema | undefined, document: Document): Schema | undefined =>
  schema?.$ref ? document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] : schema;

/** A body that the schema takes, with what it requires; optional members are left to whoever writes. */
export const example = (schema: Schema | undefined, document: Document, depth = 0): unknown => {
  const known = resolve(schema, document);
  if (!known || depth > 4) return {};
  if (known.enum?.length) return known.enum[0];
  const type = Array.isArray(known.type) ? known.type[0] : known.type;
  switch (type) {
    case 'array':
      return [example(known.items, document, depth + 1)];
    case 'integer':
    case 'number':
      return known.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      if (known.format === 'date') return '2026-12-31';
      if (known.format === 'date-time') return '2026-12-31T12:00:00Z';
      return 'text';
    default:
      return Object.fromEntries((known.required ?? []).map(name => [name, example(known.properties?.[name], document, depth + 1)]));
  }
};

/** The members a body may have, for the hint beside the editor. */
export const membersOf = (schema: Schema | undefined, document: Document) => {
  const known = resolve(schema, document);
  return Object.entries(known?.properties ?? {}).map(([name, member]) => ({
    name,
    required: known?.required?.includes(name) ?? false,
    description: resolve(member, document)?.description ?? '',
  }));
};

/** By tag, in the order of the document. */
export const grouped = (operations: Operation[], search: string): [string, Operation[]][] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const text = `${operation.method} ${operation.path} ${operation.summary} ${operation.id}`.toLowerCase();
    if (!words.every(word => text.includes(word))) continue;
    groups.set(operation.tag, [...(groups.get(operation.tag) ?? []), operation]);
  }
  return [...groups];
};

/** "GET /deals/{}", whatever a dialect puts around it. */
const essence = (operation: Pick<Operation, 'method' | 'path'>) => {
  const path = operation.path
    .split('/')
    .filter(part => part && !/^(api|v\d+|crm|functions|pipedrive|automatenexus|switch|cpod|ysuite)$/.test(part))
    .map(part => (part.startsWith('{') ? '{}' : part.replaceAll('-', '_').toLowerCase()))
    .join('/');
  const method = operation.method === 'PUT' ? 'PATCH' : operation.method;
  return `${method} ${path}`;
};

/** The operation of another dialect that does the same. */
export const twin = (operation: Operation, others: Operation[]) => {
  const wanted = essence(operation);
  return others.find(other => essence(other) === wanted);
};
