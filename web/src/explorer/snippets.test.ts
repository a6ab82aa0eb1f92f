import { describe, expect, it } from 'vitest';
import { example, grouped, type Operation, operationsOf, twin } from './document';
import { missing, requestOf, wrongJson } from './request';
import { asTest, snippets } from './snippets';

const operation = (over: Partial<Operation>): Operation => ({
  id: 'getDeal',
  method: 'GET',
  path: '/api/v1/deals/{id}',
  tag: 'Deals',
  summary: 'Get a deal',
  parameters: [],
  coverage: 'full',
  cost: 1,
  ...over,
});

const parameters: Operation['parameters'] = [
  { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
  { name: 'fields', in: 'query', schema: { type: 'string' } },
  { name: 'If-Match', in: 'header', schema: { type: 'string' } },
];

describe('a request', () => {
  it('puts each parameter where it belongs and leaves empty ones out', () => {
    const request = requestOf(
      operation({ parameters }),
      { parameters: { id: 'a b', fields: 'id,title', 'If-Match': '' }, body: '' },
      { Authorization: 'Bearer key' },
    );
    expect(request).toEqual({
      method: 'GET',
      url: '/api/v1/deals/a%20b?fields=id%2Ctitle',
      headers: { Authorization: 'Bearer key' },
      body: undefined,
    });
  });

  it('names the parts of its path that are missing', () => {
    expect(missing(operation({ parameters }), { parameters: { id: ' ' }, body: '' })).toEqual(['id']);
  });

  it('says what is wrong with a body that is not JSON', () => {
    expect(wrongJson('{"a":1}')).toBeNull();
    expect(wrongJson('{"a":')).toMatch(/JSON/);
  });
});

describe('a snippet', () => {
  const request = { method: 'POST', url: '/x', headers: { 'x-api-token': "it's" }, body: '{"title":"O\'Neill"}' };

  it('survives a quote in a shell', () => {
    expect(snippets.cURL(request, 'http://here')).toBe(
      `curl -X POST 'http://here/x' \\\n  -H 'x-api-token: it'\\''s' \\\n  -d '{"title":"O'\\''Neill"}'`,
    );
  });

  it('is written in each language with method, address, header and body', () => {
    for (const write of Object.values(snippets)) {
      const text = write(request, 'http://here');
      for (const part of ['POST', 'http://here/x', 'x-api-token', 'title']) expect(text).toContain(part);
    }
  });

  it('of the journal is a test that asks the same and expects the same status', () => {
    const text = asTest({
      method: 'GET',
      path: '/switch/api/v1/deals',
      operation: 'listDeals',
      request: '',
      status: 200,
      dialect: 'switch',
    });
    expect(text).toContain('ListDeals_is_answered_with_200');
    expect(text).toContain('Assert.Equal(200');
  });
});

describe('a document', () => {
  const document = {
    info: { title: 'Some' },
    paths: {
      '/switch/api/v1/deals/{id}': {
        patch: { operationId: 'updateDeal', tags: ['Deals'], summary: 'Change', 'x-coverage': 'partial' as const, 'x-cost': 5 },
      },
      '/switch/api/v1/me': { get: { operationId: 'me', tags: ['Users'] } },
    },
    components: {
      schemas: {
        Deal: {
          type: 'object',
          required: ['name', 'lines'],
          properties: { name: { type: 'string' }, lines: { type: 'array', items: { enum: ['a', 'b'] } }, value: { type: 'number' } },
        },
      },
    },
  };

  it('lists operations with coverage and cost', () => {
    expect(operationsOf(document)[0]).toMatchObject({ id: 'updateDeal', method: 'PATCH', coverage: 'partial', cost: 5, tag: 'Deals' });
  });

  it('gives an example of what a body requires', () => {
    expect(example({ $ref: '#/components/schemas/Deal' }, document)).toEqual({ name: 'text', lines: ['a'] });
  });

  it('finds operations by words, in their groups', () => {
    expect(grouped(operationsOf(document), 'patch deals').map(([tag]) => tag)).toEqual(['Deals']);
  });

  it('finds the same call of another dialect, whatever it calls the verb of a change', () => {
    const other = operation({ method: 'PUT', path: '/pipedrive/v1/deals/{deal_id}', id: 'putDeal' });
    const [update] = operationsOf(document);
    expect(twin(update!, [operation({}), other])?.id).toBe('putDeal');
    expect(twin(operation({ path: '/api/v1/deals/{id}/lens' }), [other])).toBeUndefined();
  });
});
