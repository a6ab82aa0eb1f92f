// Pipedrive's OpenAPI files as checks of answers. The files are read where they lie and are no part of this repository.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import yaml from 'js-yaml';

const files = [
  { file: 'openapi-pipedrive-v2.yaml', roots: ['/api/v2'] },
  { file: 'openapi-pipedrive-v1.yaml', roots: ['/v1', '/api/v1'] },
  // Of January 2026: what later files dropped and clients up to 31 still call.
  { file: 'openapi-pipedrive-v1-2026-01.yaml', roots: ['/v1', '/api/v1'] },
];

/** Every operation of the files: the first file that has a method and path wins. */
export function load(folder) {
  const operations = [];
  for (const { file, roots } of files) {
    const document = yaml.load(readFileSync(path.join(folder, file), 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
    for (const [template, item] of Object.entries(document.paths)) {
      for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
        const operation = item[method];
        if (!operation || template.startsWith('/oauth')) continue;
        operations.push({
          id: operation.operationId,
          method: method.toUpperCase(),
          template,
          roots,
          cost: operation['x-token-cost'],
          pattern: new RegExp('^' + template.replace(/\{[^}]+\}/g, '[^/]+') + '/?$'),
          statuses: Object.keys(operation.responses),
          schemaOf: (status) => schemaOf(document, operation, String(status)),
          validate: memo((status) => {
            const schema = schemaOf(document, operation, status);
            return schema && ajv.compile(schema);
          }),
        });
      }
    }
  }
  return operations;
}

/** The operation of a request, fixed paths before those with parameters. */
export function find(operations, method, pathname) {
  const found = operations.filter((one) => one.method === method && one.roots.some((root) => pathname.startsWith(root + '/') && one.pattern.test(pathname.slice(root.length))));
  return found.sort((a, b) => (a.template.match(/\{/g)?.length ?? 0) - (b.template.match(/\{/g)?.length ?? 0))[0];
}

function memo(make) {
  const made = new Map();
  return (key) => made.get(String(key)) ?? (made.set(String(key), make(String(key))), made.get(String(key)));
}

function schemaOf(document, operation, status) {
  const response = resolve(document, operation.responses[status]);
  const content = response?.content?.['application/json'];
  return content?.schema && convert(document, content.schema, []);
}

/** OpenAPI 3.0 as JSON Schema. The files mark next to nothing as nullable, so null is taken everywhere (slips.json, "everywhere"). */
function convert(document, node, open) {
  const schema = resolve(document, node);
  if (!schema || typeof schema !== 'object' || open.includes(schema)) return {};
  const inner = (one) => convert(document, one, [...open, schema]);
  const out = {};
  for (const key of ['allOf', 'anyOf', 'oneOf']) if (Array.isArray(schema[key])) out[key === 'oneOf' ? 'anyOf' : key] = schema[key].map(inner);
  if (schema.properties) out.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, inner(one)]));
  if (Array.isArray(schema.required)) out.required = schema.required;
  if (schema.items) out.items = inner(schema.items);
  if (schema.additionalProperties && typeof schema.additionalProperties === 'object') out.additionalProperties = inner(schema.additionalProperties);
  if (typeof schema.type === 'string') out.type = [schema.type, 'null'];
  if (Array.isArray(schema.enum)) out.enum = [...schema.enum, null];
  return out;
}

function resolve(document, node) {
  let found = node;
  while (found?.$ref) found = found.$ref.slice(2).split('/').reduce((at, part) => at?.[part.replace(/~1/g, '/')], document);
  return found;
}

/** Members that the schema names and the answer has not, by their place: "data.0.org_name". */
export function missing(schema, json, place = '') {
  if (!schema || json === null || json === undefined) return [];
  if (schema.anyOf) {
    const all = schema.anyOf.map((one) => missing(one, json, place));
    return all.sort((a, b) => a.length - b.length)[0] ?? [];
  }
  const own = [];
  if (Array.isArray(json)) {
    if (schema.items && json.length > 0) own.push(...missing(schema.items, json[0], `${place}[]`));
  } else if (typeof json === 'object') {
    for (const [name, one] of Object.entries(schema.properties ?? {})) {
      const at = place ? `${place}.${name}` : name;
      if (name in json) own.push(...missing(one, json[name], at));
      else own.push(at);
    }
  }
  for (const one of schema.allOf ?? []) own.push(...missing(one, json, place));
  return [...new Set(own)];
}
