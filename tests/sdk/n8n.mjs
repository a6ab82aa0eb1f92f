// n8n's Pipedrive node 2.41.2, both of its versions, and its trigger.
import assert from 'node:assert/strict';
import { nodes } from './n8n-host.mjs';

export async function n8n(base, token) {
  const host = nodes(base, token);
  const made = await surroundings(base, token, host);
  await versionTwo(host, made);
  await versionOne(host, made);
  await trigger(host);
  for (const [resource, operation, id] of [['person', 'delete', { personId: made.person.id }], ['organization', 'delete', { organizationId: made.organization.id }], ['product', 'delete', { productId: made.product.id }]]) {
    assert.deepEqual((await host.run(2, resource, operation, id))[0].json, { success: true });
  }
}

/** A field that only the editor of fields can make, and the records a deal names. */
async function surroundings(base, token, { run, choices }) {
  const answer = await fetch(`${base}/api/v2/dealFields`, {
    method: 'POST',
    headers: { 'x-api-token': token, 'content-type': 'application/json' },
    body: JSON.stringify({ field_name: 'Colour of n8n', field_type: 'enum', options: [{ label: 'Red' }, { label: 'Green' }] }),
  });
  const field = (await answer.json()).data;

  const [{ json: organization }] = await run(2, 'organization', 'create', { name: 'Nodes & Edges', additionalFields: { visible_to: '3' } });
  const [{ json: person }] = await run(2, 'person', 'create', {
    name: 'Ada Node',
    additionalFields: { org_id: organization.id, emails: { emailProperties: [{ value: 'ada@nodes.test', label: 'work', primary: true }] } },
  });
  assert.deepEqual([person.name, person.org_id, person.emails[0].value], ['Ada Node', organization.id, 'ada@nodes.test']);
  const [{ json: renamed }] = await run(2, 'person', 'update', { personId: person.id, updateFields: { name: 'Ada Nodes' } });
  assert.equal(renamed.name, 'Ada Nodes');
  const [{ json: product }] = await run(2, 'product', 'create', { name: 'Edge', additionalFields: { prices: { pricesValues: [{ currency: 'EUR', price: 12.5 }] } } });
  assert.deepEqual([product.name, product.prices[0].price], ['Edge', 12.5]);
  assert.ok((await run(2, 'organization', 'getAll', { returnAll: true, filters: {} })).some((item) => item.json.id === organization.id));
  assert.ok((await run(2, 'product', 'getAll', { returnAll: false, limit: 500 })).some((item) => item.json.id === product.id));

  const [stage] = await choices('getStageIds');
  const [user] = await choices('getUserIds', { resource: 'deal' });
  for (const list of ['getActivityTypes', 'getDealLabels', 'getLeadLabels']) await choices(list, { resource: 'deal' });
  await choices('getFilters', { resource: 'deal' });
  return { field, organization, person, product, stage, user };
}

/** The node as it is offered today. */
async function versionTwo({ run, choices }, { person, organization, product, stage, user }) {
  const [{ json: deal }] = await run(2, 'deal', 'create', {
    title: 'Hundred edges',
    associateWith: 'person',
    person_id: person.id,
    additionalFields: {
      org_id: organization.id,
      stage_id: stage.value,
      user_id: user.value,
      value: '1250.50',
      currency: 'EUR',
      probability: '35',
      visible_to: '3',
      expected_close_date: '2026-03-31T00:00:00.000Z',
      customFields: { property: [{ name: 'Colour of n8n', value: 'Green' }] },
    },
  });
  assert.deepEqual(
    [deal.title, deal.value, deal.currency, deal.probability, deal.person_id, deal.org_id, deal.stage_id, deal.owner_id, deal.expected_close_date, deal.custom_fields['Colour of n8n']],
    ['Hundred edges', 1250.5, 'EUR', 35, person.id, organization.id, stage.value, user.value, '2026-03-31', 'Green'],
  );
  const named = { dealId: deal.id };
  const [{ json: changed }] = await run(2, 'deal', 'update', { ...named, updateFields: { title: 'Two hundred edges', value: 2500, customFields: { property: [{ name: 'Colour of n8n', value: 'Red' }] } } });
  assert.deepEqual([changed.id, changed.title, changed.value, changed.custom_fields['Colour of n8n'], changed.probability], [deal.id, 'Two hundred edges', 2500, 'Red', 35]);
  assert.equal((await run(2, 'deal', 'get', named))[0].json.title, 'Two hundred edges');

  const all = await run(2, 'deal', 'getAll', { returnAll: true, filters: { stage_id: stage.value, status: 'open', user_id: user.value } });
  assert.ok(all.some((item) => item.json.id === deal.id) && all.every((item) => item.json.stage_id === stage.value && item.json.owner_id === user.value));
  assert.equal((await run(2, 'deal', 'getAll', { returnAll: false, limit: 2, filters: {} })).length, 2);
  for (const returnAll of [true, false]) {
    const [found] = await run(2, 'deal', 'search', { term: 'hundred edges', exactMatch: false, returnAll, limit: 5, additionalFields: { fields: ['title'], personId: String(person.id), status: 'open' } });
    assert.deepEqual([found.json.id, found.json.title, typeof found.json.result_score], [deal.id, 'Two hundred edges', 'number']);
  }

  for (const [resource, term, id] of [['person', 'ada nodes', person.id], ['organization', 'nodes & edges', organization.id], ['product', 'edge', product.id]]) {
    const found = await run(2, resource, 'search', { term, exactMatch: true, returnAll: true, additionalFields: {} });
    assert.deepEqual(found.map((item) => item.json.id), [id], resource);
  }

  await sold(2, run, choices, named, product);
  await noted(2, run, named);
  await filed(2, run, named);

  const [{ json: activity }] = await run(2, 'activity', 'create', { subject: 'Ring', type: 'call', done: '0', additionalFields: { deal_id: deal.id, person_id: person.id, due_date: '2026-02-03T00:00:00' } });
  assert.deepEqual([activity.subject, activity.type, activity.done, activity.deal_id, activity.person_id, activity.due_date], ['Ring', 'call', false, deal.id, person.id, '2026-02-03']);
  assert.equal((await run(2, 'activity', 'update', { activityId: activity.id, updateFields: { done: '1' } }))[0].json.done, true);
  assert.deepEqual((await run(2, 'activity', 'getAll', { returnAll: true, filters: { dealId: deal.id, done: true } })).map((item) => item.json.id), [activity.id]);
  await run(2, 'activity', 'delete', { activityId: activity.id });

  const [{ json: lead }] = await run(2, 'lead', 'create', { title: 'Maybe edges', associateWith: 'person', person_id: person.id, additionalFields: { value: { valueProperties: { amount: 7, currency: 'EUR' } }, expected_close_date: '2026-05-01T00:00:00' } });
  assert.deepEqual([lead.title, lead.value, lead.expected_close_date, lead.person_id], ['Maybe edges', { amount: 7, currency: 'EUR' }, '2026-05-01', person.id]);
  assert.ok((await run(2, 'lead', 'getAll', { returnAll: true, filters: {} })).some((item) => item.json.id === lead.id));
  await run(2, 'lead', 'delete', { leadId: lead.id });

  const [{ json: won }] = await run(2, 'deal', 'update', { ...named, updateFields: { status: 'won' } });
  assert.ok(won.status === 'won' && won.won_time);
  assert.deepEqual((await run(2, 'deal', 'delete', named))[0].json, { success: true });
  await assert.rejects(() => run(2, 'deal', 'get', { dealId: 999999999 }), (error) => error.httpCode === '404' && /Deal not found/.test(JSON.stringify([error.message, error.description, error.messages])));
}

/** The node as workflows of years ago still hold it: v1 throughout. */
async function versionOne({ run, choices }, { field, person, product, stage }) {
  const [{ json: deal }] = await run(1, 'deal', 'create', { title: 'Old edges', associateWith: 'person', person_id: person.id, additionalFields: { value: 10, currency: 'EUR', stage_id: stage.value } });
  assert.deepEqual([deal.title, deal.value, deal.stage_id, deal.person_id.value], ['Old edges', 10, stage.value, person.id]);
  const named = { dealId: deal.id };
  const colour = { customProperties: { property: [{ name: 'Colour of n8n', value: 'Green' }] } };
  const [{ json: changed }] = await run(1, 'deal', 'update', { ...named, encodeProperties: true, updateFields: { title: 'Older edges', ...colour } });
  // Asked to resolve, the node calls every member by its field's name.
  assert.deepEqual([changed.Title, changed['Colour of n8n'], field.field_code in changed], ['Older edges', 'Green', false]);
  assert.equal((await run(1, 'deal', 'get', { ...named, resolveProperties: true }))[0].json['Colour of n8n'], 'Green');
  assert.ok((await run(1, 'deal', 'getAll', { returnAll: true, filters: { status: 'open' } })).some((item) => item.json.id === deal.id));
  assert.equal((await run(1, 'deal', 'search', { term: 'older edges', exactMatch: true, returnAll: false, limit: 5, additionalFields: {} }))[0].json.id, deal.id);

  const [{ json: copy }] = await run(1, 'deal', 'duplicate', named);
  assert.ok(copy.id !== deal.id && copy.title.includes('Older edges'));
  await run(1, 'deal', 'delete', { dealId: copy.id });

  await sold(1, run, choices, named, product);
  await noted(1, run, named);
  await filed(1, run, named);
  const [{ json: activity }] = await run(1, 'activity', 'create', { subject: 'Write', type: 'email', done: '1', additionalFields: { deal_id: deal.id } });
  assert.deepEqual((await run(1, 'dealActivity', 'getAll', { ...named, returnAll: true, additionalFields: { done: true } })).map((item) => item.json.id), [activity.id]);
  await run(1, 'activity', 'delete', { activityId: activity.id });

  const [{ json: lead }] = await run(1, 'lead', 'create', { title: 'Old maybe', associateWith: 'person', person_id: person.id, additionalFields: {} });
  assert.equal((await run(1, 'lead', 'update', { leadId: lead.id, updateFields: { title: 'Still maybe' } }))[0].json.title, 'Still maybe');
  await run(1, 'lead', 'delete', { leadId: lead.id });

  const [{ json: organization }] = await run(1, 'organization', 'create', { name: 'Old Nodes', additionalFields: {} });
  assert.equal((await run(1, 'organization', 'update', { organizationId: organization.id, updateFields: { name: 'Older Nodes' } }))[0].json.name, 'Older Nodes');
  assert.equal((await run(1, 'person', 'update', { personId: person.id, updateFields: { org_id: organization.id } }))[0].json.org_id.value, organization.id);
  assert.equal((await run(1, 'person', 'get', { personId: person.id }))[0].json.org_id.name, 'Older Nodes');
  await run(1, 'organization', 'delete', { organizationId: organization.id });

  await run(1, 'deal', 'delete', named);
  assert.deepEqual((await run(1, 'deal', 'get', named))[0].json.status, 'deleted');
}

async function sold(version, run, choices, named, product) {
  const [{ json: line }] = await run(version, 'dealProduct', 'add', { ...named, productId: product.id, item_price: 12.5, quantity: 4, additionalFields: { discount: 10, discount_type: 'percentage' } });
  assert.deepEqual([line.product_id, line.item_price, line.quantity, line.sum], [product.id, 12.5, 4, 45]);
  assert.deepEqual((await run(version, 'dealProduct', 'getAll', { ...named, returnAll: true })).map((item) => item.json.id), [line.id]);
  const offered = await choices('getProductsDeal', named);
  assert.deepEqual(offered.map((choice) => choice.value), [line.id]);
  const own = { ...named, productAttachmentId: line.id };
  assert.equal((await run(version, 'dealProduct', 'update', { ...own, updateFields: { quantity: 2 } }))[0].json.sum, 22.5);
  await run(version, 'dealProduct', 'remove', own);
  assert.deepEqual((await run(version, 'dealProduct', 'getAll', { ...named, returnAll: true })).filter((item) => item.json.id), []);
}

async function noted(version, run, { dealId }) {
  const [{ json: note }] = await run(version, 'note', 'create', { content: 'Call <b>Ada</b>', additionalFields: { deal_id: dealId, ...(version === 2 && { pinned_to_deal_flag: true }) } });
  assert.deepEqual([note.content, note.deal_id, note.pinned_to_deal_flag], ['Call <b>Ada</b>', dealId, version === 2]);
  assert.equal((await run(version, 'note', 'update', { noteId: note.id, updateFields: { content: 'Call Bob' } }))[0].json.content, 'Call Bob');
  assert.equal((await run(version, 'note', 'get', { noteId: note.id }))[0].json.content, 'Call Bob');
  const all = await run(version, 'note', 'getAll', { returnAll: true, filters: { deal_id: dealId }, additionalFields: { deal_id: dealId } });
  assert.deepEqual(all.map((item) => item.json.id), [note.id]);
  await run(version, 'note', 'delete', { noteId: note.id });
}

async function filed(version, run, { dealId }) {
  const binary = { data: { bytes: Buffer.from('edges, by the hundred'), fileName: 'edges.txt', mimeType: 'text/plain' } };
  const [{ json: file }] = await run(version, 'file', 'create', { binaryPropertyName: 'data', additionalFields: { deal_id: dealId } }, binary);
  assert.deepEqual([file.name, file.file_size, file.deal_id], ['edges.txt', 21, dealId]);
  assert.equal((await run(version, 'file', 'update', { fileId: file.id, updateFields: { name: 'nodes.txt', description: 'All of them' } }))[0].json.name, 'nodes.txt');
  assert.equal((await run(version, 'file', 'get', { fileId: file.id }))[0].json.description, 'All of them');
  const [downloaded] = await run(version, 'file', 'download', { fileId: file.id, binaryPropertyName: 'data' });
  assert.equal(downloaded.binary.data.bytes.toString('utf8'), 'edges, by the hundred');
  await run(version, 'file', 'delete', { fileId: file.id });
}

/** A workflow that starts with a deal: switched on, found again, switched off. */
async function trigger(host) {
  const hook = host.trigger({ action: 'change', entity: 'deal' }, 'https://n8n.example.com/webhook/1');
  assert.equal(await hook.checkExists(), false);
  assert.equal(await hook.create(), true);
  assert.equal(await hook.checkExists(), true);
  assert.equal(await hook.delete(), true);
  assert.equal(await hook.checkExists(), false);
}
