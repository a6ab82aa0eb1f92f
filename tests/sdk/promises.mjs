// pipedrive-client 0.2.1: v1 as objects that know what was changed on them and save only that.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { Pipedrive } = require('pipedrive-client/lib/client/client.js');

export async function promises(base, token) {
  const client = new Pipedrive.Client(token);
  // There is no setting for it; all collections share the connection.
  client.Deals.connection.baseUrl = `${base}/v1/`;

  const person = await client.Persons.add({ name: 'Grace Promise', email: 'grace@promise.test', phone: '555 99' });
  assert.deepEqual([person.name, person.first_name, person.last_name, person.email[0].value, person.phone[0].value, person.open_deals_count], ['Grace Promise', 'Grace', 'Promise', 'grace@promise.test', '555 99', 0]);
  const deal = await client.Deals.add({ title: 'Promised', value: 40, currency: 'EUR', person_id: person.id });
  assert.deepEqual([deal.title, deal.value, deal.status, deal.active, deal.deleted, deal.person_id.value], ['Promised', 40, 'open', true, false, person.id]);

  // What came back from the server is remembered, and only the difference is sent.
  deal.title = 'Kept';
  deal.set('value', 45.5);
  await deal.save();
  assert.deepEqual([deal.title, deal.get('value'), deal.person_id.name], ['Kept', 45.5, 'Grace Promise']);
  const read = await client.Deals.get(deal.id);
  assert.deepEqual([read.title, read.value, read.update_time >= read.add_time], ['Kept', 45.5, true]);
  read.status = 'won';
  await read.save();
  assert.deepEqual([read.status, (await client.Deals.get(deal.id)).status], ['won', 'won']);

  const page = await client.Deals.getAll({ status: 'won', sort: 'update_time DESC', limit: 1 });
  assert.deepEqual(page.data.map((one) => one.id), [deal.id]);
  assert.deepEqual((await client.Persons.getAll({ start: 0, limit: 2 })).data.length, 2);
  person.name = 'Grace Kept';
  await person.save();
  assert.deepEqual([person.name, person.last_name, (await client.Persons.get(person.id)).won_deals_count], ['Grace Kept', 'Kept', 1]);

  await client.Deals.remove(deal.id);
  assert.equal((await client.Deals.get(deal.id)).deleted, true);
  await client.Persons.remove(person.id);
  await assert.rejects(() => client.Deals.get(999999999), { statusCode: 404 });
  await assert.rejects(() => client.Deals.add({ value: 1 }), (error) => error.statusCode === 400);
}
