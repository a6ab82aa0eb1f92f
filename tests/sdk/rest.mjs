// Operations that the clients above do not call, by plain requests: v1 as older programs use it, above all.
import assert from 'node:assert/strict';

export async function rest(base, token) {
  const v1 = caller(`${base}/v1`, token);
  const v2 = caller(`${base}/api/v2`, token);

  await deals(base, token, v1, v2);
  await settings(v1, v2);
  await fields(v1, v2);
  await contacts(v1);
  await aroundContacts(v1, v2);
  await searches(v1);
  await aroundDeals(base, token, v1);
}

async function deals(base, token, v1, v2) {
  // v1 also answers where clients ask after an OAuth sign-in, and takes the token in the query.
  const deal = await caller(`${base}/api/v1`, token)('POST', '/deals', { title: 'By hand', value: '12.50' });
  const queried = await fetch(`${base}/v1/deals/${deal.id}?api_token=${token}`);
  assert.equal((await queried.json()).data.value, 12.5);
  const product = await v2('POST', '/products', { name: 'Nail' });
  const line = await v1('POST', `/deals/${deal.id}/products`, { product_id: product.id, item_price: 3, quantity: 2 });
  assert.equal((await v1('PUT', `/deals/${deal.id}/products/${line.id}`, { quantity: 4 })).sum, 12);
  await v1('DELETE', `/deals/${deal.id}/products/${line.id}`);
  await v1('DELETE', `/deals/${deal.id}`);
  for (const path of ['/leads/search', '/itemSearch']) await v1('GET', `${path}?term=hand`);
}

async function settings(v1, v2) {
  const pipeline = await v2('POST', '/pipelines', { name: 'Short-lived' });
  await v2('POST', '/stages', { name: 'Only', pipeline_id: pipeline.id });
  const second = await v2('POST', '/stages', { name: 'Other', pipeline_id: pipeline.id });
  await v2('DELETE', `/stages/${second.id}`);
  await v2('DELETE', `/pipelines/${pipeline.id}`);

  const old = await v1('POST', '/pipelines', { name: 'Old' });
  await v1('PUT', `/pipelines/${old.id}`, { name: 'Older' });
  await v1('GET', `/pipelines/${old.id}`);
  await v1('GET', '/pipelines');
  await v1('GET', `/pipelines/${old.id}/deals?get_summary=1&totals_convert_currency=default_currency`);
  const stage = await v1('POST', '/stages', { name: 'First', pipeline_id: old.id });
  const last = await v1('POST', '/stages', { name: 'Last', pipeline_id: old.id });
  await v1('PUT', `/stages/${stage.id}`, { name: 'Begin' });
  await v1('GET', `/stages/${stage.id}`);
  await v1('GET', '/stages');
  await v1('GET', `/stages/${stage.id}/deals`);
  await v1('DELETE', `/stages/${last.id}`);
  const gone = await v1('POST', '/stages', { name: 'Gone', pipeline_id: old.id });
  assert.deepEqual((await v1('DELETE', `/stages?ids=${gone.id}`)).id, [gone.id]);
  for (const what of ['conversion', 'movement']) await v1('GET', `/pipelines/${old.id}/${what}_statistics?start_date=2020-01-01&end_date=2030-01-01`);
  await v1('DELETE', `/pipelines/${old.id}`);

  const me = await v1('GET', '/users/me');
  await v1('GET', '/users');
  await v1('GET', `/users/${me.id}`);
  for (const ask of [v1, v2]) assert.deepEqual(await ask('GET', `/users/${me.id}/followers`), []);
  await v1('GET', `/users/find?term=${encodeURIComponent(me.name)}`);
  for (const path of ['/userSettings', '/currencies', '/activityTypes', '/activityFields', '/leadFields', '/leadSources', '/filters/helpers', '/leadLabels', '/webhooks']) await v1('GET', path);

  for (const noun of ['deal', 'person', 'organization', 'product']) {
    const field = await v1('POST', `/${noun}Fields`, { name: `${noun} field`, field_type: 'varchar' });
    await v1('PUT', `/${noun}Fields/${field.id}`, { name: 'Renamed' });
    await v1('GET', `/${noun}Fields/${field.id}`);
    await v1('GET', `/${noun}Fields`);
    await v1('DELETE', `/${noun}Fields/${field.id}`);
    const other = await v1('POST', `/${noun}Fields`, { name: `other ${noun} field`, field_type: 'monetary' });
    assert.deepEqual((await v1('DELETE', `/${noun}Fields?ids=${other.id}`)).id, [other.id]);
  }

  const status = (await v1('GET', '/dealFields?limit=500')).find((field) => field.key === 'status');
  const conditions = { glue: 'and', conditions: [{ glue: 'and', conditions: [{ object: 'deal', field_id: String(status.id), operator: '=', value: 'open', extra_value: null }] }, { glue: 'or', conditions: [] }] };
  const made = [];
  for (const name of ['One', 'Two']) made.push(await v1('POST', '/filters', { name, type: 'deals', conditions }));
  await v1('PUT', `/filters/${made[0].id}`, { name: 'Uno', conditions });
  await v1('GET', `/filters/${made[0].id}?include_field_code=true`);
  await v1('GET', '/filters');
  await v1('DELETE', `/filters/${made[0].id}`);
  await v1('DELETE', `/filters?ids=${made[1].id}`);

  const webhook = await v1('POST', '/webhooks', { name: 'Hook', subscription_url: 'https://receiver.test/hook', event_action: '*', event_object: 'deal' });
  await v1('DELETE', `/webhooks/${webhook.id}`);
}

async function fields(v1, v2) {
  for (const noun of ['person', 'organization', 'product']) {
    const field = await v2('POST', `/${noun}Fields`, { field_name: `${noun} paint`, field_type: 'set', options: [{ label: 'Red' }] });
    const at = `/${noun}Fields/${field.field_code}`;
    const [blue] = await v2('POST', `${at}/options`, [{ label: 'Blue' }]);
    assert.deepEqual(await v2('PATCH', `${at}/options`, [{ id: blue.id, label: 'Navy' }]), [{ id: blue.id, label: 'Navy' }]);
    await v2('DELETE', `${at}/options`, [{ id: blue.id }]);
    await v2('PATCH', at, { field_name: 'Paint' });
    const all = noun === 'product' ? 'ui_visibility' : 'ui_visibility,important_fields,required_fields';
    await v2('GET', `${at}?include_fields=${all}`);
    assert.ok((await v2('GET', `/${noun}Fields?limit=500&include_fields=${all}`)).some((one) => one.field_code === field.field_code));
    await v2('DELETE', at);
  }
  await v2('GET', '/activityFields?include_fields=ui_visibility');
  await v2('GET', '/activityFields/type?include_fields=ui_visibility');
  await v1('GET', '/noteFields');

  const type = await v1('POST', '/activityTypes', { name: 'Video call', icon_key: 'camera', color: 'aeb31b' });
  await v1('PUT', `/activityTypes/${type.id}`, { name: 'Online' });
  const other = await v1('POST', '/activityTypes', { name: 'Dinner', icon_key: 'lunch' });
  assert.deepEqual((await v1('DELETE', `/activityTypes?ids=${other.id}`)).id, [other.id]);
  assert.equal((await v1('DELETE', `/activityTypes/${type.id}`)).active_flag, false);
}

async function contacts(v1) {
  for (const [noun, first, change] of [
    ['persons', { name: 'Old Person', email: ['old@person.test'] }, { name: 'Older Person' }],
    ['organizations', { name: 'Old Organization' }, { name: 'Older Organization' }],
    ['products', { name: 'Old Product', prices: [{ currency: 'EUR', price: 3 }] }, { name: 'Older Product' }],
    ['activities', { subject: 'Old Activity', type: 'call' }, { done: 1 }],
  ]) {
    const row = await v1('POST', `/${noun}`, first);
    await v1('PUT', `/${noun}/${row.id}`, change);
    await v1('GET', `/${noun}/${row.id}`);
    await v1('GET', `/${noun}`);
    await v1('DELETE', `/${noun}/${row.id}`);
    if (noun === 'products') continue;
    const other = await v1('POST', `/${noun}`, first);
    assert.deepEqual((await v1('DELETE', `/${noun}?ids=${other.id},999999999`)).id, [other.id]);
  }
}

async function aroundContacts(v1, v2) {
  const me = await v1('GET', '/users/me');
  const organization = await v1('POST', '/organizations', { name: 'Around' });
  const person = await v1('POST', '/persons', { name: 'Around', email: 'around@person.test', org_id: organization.id });
  const product = await v1('POST', '/products', { name: 'Around', prices: [{ currency: 'EUR', price: 3 }] });
  const deal = await v1('POST', '/deals', { title: 'Around', person_id: person.id, org_id: organization.id });
  await v1('POST', `/deals/${deal.id}/products`, { product_id: product.id, item_price: 3, quantity: 2 });
  await v1('POST', '/activities', { subject: 'Around', type: 'call', person_id: person.id, org_id: organization.id });
  await v1('PUT', `/organizations/${organization.id}`, { address: 'Here' });
  await v1('PUT', `/persons/${person.id}`, { phone: '1' });
  for (const [noun, row] of [['persons', person], ['organizations', organization], ['products', product]]) {
    await v1('POST', `/${noun}/${row.id}/followers`, { user_id: me.id });
    assert.equal((await v1('GET', `/${noun}/${row.id}/followers`)).length, 1);
    await v1('DELETE', `/${noun}/${row.id}/followers/${me.id}`);
    await v2('POST', `/${noun}/${row.id}/followers`, { user_id: me.id });
    assert.equal((await v2('GET', `/${noun}/${row.id}/followers`)).length, 1);
    await v2('DELETE', `/${noun}/${row.id}/followers/${me.id}`);
    assert.equal((await v2('GET', `/${noun}/${row.id}/followers/changelog`)).length, 4);
    assert.equal((await v1('GET', `/${noun}/${row.id}/deals`)).length, 1);
    for (const part of ['files', 'permittedUsers']) await v1('GET', `/${noun}/${row.id}/${part}`);
    if (noun === 'products') continue;
    assert.equal((await v1('GET', `/${noun}/${row.id}/activities`)).length, 1);
    for (const part of ['mailMessages', 'changelog', 'flow']) await v1('GET', `/${noun}/${row.id}/${part}`);
  }
  assert.equal((await v1('GET', `/organizations/${organization.id}/persons`)).length, 1);
  assert.deepEqual(Object.keys((await v1('GET', `/persons/${person.id}/products`))[0]), [String(deal.id)]);
  for (const noun of ['activities', 'persons', 'organizations']) assert.ok((await v1('GET', `/${noun}/collection`)).length > 0);
  const since = encodeURIComponent('2020-01-01 00:00:00');
  for (const item of ['activity', 'activityType', 'deal', 'note', 'person', 'organization', 'pipeline', 'product', 'stage', 'user']) {
    assert.ok((await v1('GET', `/recents?since_timestamp=${since}&items=${item}&limit=20`)).every((one) => one.item === item));
  }
  assert.deepEqual(await v2('GET', '/itemSearch/field?entity_type=deal&field=title&term=Around'), [{ id: deal.id, title: 'Around' }]);
  assert.deepEqual(await v1('GET', '/itemSearch/field?field_type=dealField&field_key=title&term=Around&exact_match=1'), [{ title: 'Around' }]);
  for (const noun of ['persons', 'organizations']) {
    const twin = await v1('POST', `/${noun}`, { name: 'Twin' });
    const stays = noun === 'persons' ? person : organization;
    assert.equal((await v1('PUT', `/${noun}/${twin.id}/merge`, { merge_with_id: stays.id })).id, stays.id);
  }
}

async function searches(v1) {
  for (const kind of ['deals', 'persons', 'organizations', 'products']) assert.ok((await v1('GET', `/${kind}/search?term=around`)).items.length > 0, kind);
  await v1('POST', '/leads', { title: 'Around', organization_id: (await v1('GET', '/organizations/search?term=around')).items[0].item.id });
  assert.ok((await v1('GET', '/leads/search?term=around')).items.length > 0);
  assert.ok((await v1('GET', '/itemSearch?term=around&search_for_related_items=1')).items.length > 0);
}

async function aroundDeals(base, token, v1) {
  const deal = await v1('POST', '/deals', { title: 'With things on it' });
  const note = await v1('POST', '/notes', { content: 'Hello', deal_id: deal.id });
  await v1('PUT', `/notes/${note.id}`, { content: 'Hello again' });
  await v1('GET', `/notes/${note.id}`);
  await v1('GET', '/notes');
  await v1('DELETE', `/notes/${note.id}`);

  const person = await v1('POST', '/persons', { name: 'Lead Person' });
  const lead = await v1('POST', '/leads', { title: 'Warm', person_id: person.id });
  await v1('PATCH', `/leads/${lead.id}`, { title: 'Warmer' });
  await v1('GET', `/leads/${lead.id}`);
  assert.ok((await v1('GET', `/leads/${lead.id}/permittedUsers`)).length > 0);
  await v1('GET', '/leads');
  await v1('GET', '/leads/archived');
  await v1('DELETE', `/leads/${lead.id}`);
  const label = await v1('POST', '/leadLabels', { name: 'New', color: 'blue' });
  await v1('PATCH', `/leadLabels/${label.id}`, { name: 'Newer' });
  await v1('DELETE', `/leadLabels/${label.id}`);

  const form = new FormData();
  form.append('deal_id', String(deal.id));
  form.append('file', new Blob(['bytes'], { type: 'text/plain' }), 'note.txt');
  const uploaded = await fetch(`${base}/v1/files`, { method: 'POST', headers: { 'x-api-token': token }, body: form });
  const file = (await uploaded.json()).data;
  assert.ok(file?.id, `POST /files: ${uploaded.status}`);
  await v1('PUT', `/files/${file.id}`, { name: 'renamed.txt' });
  await v1('GET', `/files/${file.id}`);
  await v1('GET', '/files');
  assert.equal(await (await fetch(`${base}/v1/files/${file.id}/download`, { headers: { 'x-api-token': token } })).text(), 'bytes');
  await v1('DELETE', `/files/${file.id}`);
}

function caller(root, token) {
  return async (method, path, body) => {
    const answer = await fetch(root + path, { method, headers: { 'x-api-token': token, ...(body && { 'content-type': 'application/json' }) }, body: body && JSON.stringify(body) });
    const json = await answer.json();
    assert.ok(answer.ok && json.success, `${method} ${path}: ${answer.status} ${JSON.stringify(json)}`);
    return json.data;
  };
}
