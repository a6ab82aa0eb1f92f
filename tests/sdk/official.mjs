// The whole life of a deal by Pipedrive's own client: 33.7.0, and 30.11.0 for what later versions dropped.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { v1, v2 } = { v1: require('pipedrive/v1'), v2: require('pipedrive/v2') };
const { v1: old1 } = { v1: require('pipedrive-30/v1') };

/** @param {(version: 'v1' | 'v2') => object} settings What the client is configured with beside its base path. */
export async function live(base, settings) {
  const two = new v2.Configuration({ ...settings('v2'), basePath: `${base}/api/v2` });
  const one = new v1.Configuration({ ...settings('v1'), basePath: `${base}/v1` });
  const api = (kind, configuration) => new kind(configuration);
  const deals = api(v2.DealsApi, two);
  const old = api(v1.DealsApi, one);

  // Around the deal.
  const pipeline = data(await api(v2.PipelinesApi, two).addPipeline({ AddPipelineRequest: { name: 'Clients', is_deal_probability_enabled: true } }));
  const stages = api(v2.StagesApi, two);
  const first = data(await stages.addStage({ AddStageRequest: { name: 'First', pipeline_id: pipeline.id, deal_probability: 20 } }));
  const second = data(await stages.addStage({ AddStageRequest: { name: 'Second', pipeline_id: pipeline.id, deal_probability: 70, is_deal_rot_enabled: true, days_to_rotten: 5 } }));
  assert.deepEqual(ids(await stages.getStages({ pipeline_id: pipeline.id, sort_by: 'order_nr' })), [first.id, second.id]);
  data(await stages.updateStage({ id: second.id, UpdateStageRequest: { name: 'Last' } }));
  data(await stages.getStage({ id: second.id }));
  const pipelines = api(v2.PipelinesApi, two);
  data(await pipelines.updatePipeline({ id: pipeline.id, UpdatePipelineRequest: { name: 'Clients of ours' } }));
  data(await pipelines.getPipeline({ id: pipeline.id }));
  data(await pipelines.getPipelines({ sort_by: 'add_time', sort_direction: 'desc' }));

  const organizations = api(v2.OrganizationsApi, two);
  const organization = data(await organizations.addOrganization({ AddOrganizationRequest: { name: 'Acme Tools', address: { value: 'Main St 1, Springfield' }, website: 'https://acme.test' } }));
  data(await organizations.updateOrganization({ id: organization.id, UpdateOrganizationRequest: { employee_count: 12, industry: 2, annual_revenue: 1000 } }));
  data(await organizations.getOrganization({ id: organization.id, include_fields: 'people_count' }));
  data(await organizations.getOrganizations({ limit: 1 }));
  const persons = api(v2.PersonsApi, two);
  const person = data(await persons.addPerson({
    AddPersonRequest: { name: 'Jane Buyer', org_id: organization.id, emails: [{ value: 'jane@acme.test', primary: true, label: 'work' }], phones: [{ value: '555 123', primary: true, label: 'work' }] },
  }));
  const other = data(await persons.addPerson({ AddPersonRequest: { name: 'Joe Boss', org_id: organization.id } }));
  data(await persons.updatePerson({ id: other.id, UpdatePersonRequest: { job_title: 'Boss', birthday: '1980-02-29', postal_address: { value: 'Side St 2' } } }));
  data(await persons.getPerson({ id: person.id, include_fields: 'open_deals_count' }));
  data(await persons.getPersons({ org_id: organization.id, sort_by: 'update_time' }));
  const products = api(v2.ProductsApi, two);
  const product = data(await products.addProduct({ AddProductRequest: { name: 'Drill', code: 'DR-1', unit: 'piece', description: 'Drills', tax: 20, prices: [{ currency: 'EUR', price: 30, cost: 10 }] } }));
  data(await products.updateProduct({ id: product.id, UpdateProductRequest: { description: 'Drills well' } }));
  const variation = data(await products.addProductVariation({ id: product.id, AddProductVariationRequest: { name: 'Blue', prices: [{ currency: 'EUR', price: 33 }] } }));
  data(await products.updateProductVariation({ id: product.id, product_variation_id: variation.id, UpdateProductVariationRequest: { name: 'Deep blue' } }));
  data(await products.getProductVariations({ id: product.id }));
  data(await products.getProduct({ id: product.id }));
  data(await products.getProducts({ sort_by: 'name' }));
  const copy = data(await products.duplicateProduct({ id: product.id }));
  assert.equal(data(await products.deleteProduct({ id: copy.id })).id, copy.id);

  // Its birth, and its way through the stages.
  let deal = data(await deals.addDeal({
    AddDealRequest: { title: 'Hundred drills', value: 100, currency: 'EUR', person_id: person.id, org_id: organization.id, pipeline_id: pipeline.id, stage_id: first.id, expected_close_date: '2026-03-31', probability: 40 },
  }));
  assert.deepEqual([deal.title, deal.value, deal.status, deal.stage_id, deal.pipeline_id, deal.origin], ['Hundred drills', 100, 'open', first.id, pipeline.id, 'API']);
  deal = data(await deals.updateDeal({ id: deal.id, UpdateDealRequest: { stage_id: second.id, value: 250.5 } }));
  assert.deepEqual([deal.stage_id, deal.value], [second.id, 250.5]);
  const everything =
    'next_activity_id,last_activity_id,first_won_time,products_count,files_count,notes_count,followers_count,email_messages_count,activities_count,done_activities_count,undone_activities_count,participants_count,last_incoming_mail_time,last_outgoing_mail_time,smart_bcc_email,source_lead_id';
  deal = data(await deals.getDeal({ id: deal.id, include_fields: everything }));
  assert.equal(deal.participants_count, 1);
  data(await deals.getDeals({ pipeline_id: pipeline.id, include_fields: everything, sort_by: 'update_time', sort_direction: 'desc', limit: 2 }));
  assert.deepEqual(data(await deals.searchDeals({ term: 'hundred dr', fields: 'title' })).items.map((hit) => hit.item.id), [deal.id]);

  const refused = await failure(deals.addDeal({ AddDealRequest: { title: 'x', value: 'much' } }));
  assert.deepEqual([refused.success, refused.code], [false, 'ERR_SCHEMA_VALIDATION_FAILED']);
  assert.deepEqual(await failure(deals.getDeal({ id: 999999999 })), { success: false, error: 'Deal not found', code: 'ERR_NOT_FOUND' });

  // Found, all over.
  assert.deepEqual(data(await persons.searchPersons({ term: 'jane@acme', fields: 'email' })).items.map((hit) => hit.item.id), [person.id]);
  assert.deepEqual(data(await organizations.searchOrganization({ term: 'springfield' })).items.map((hit) => hit.item.name), ['Acme Tools']);
  assert.deepEqual(data(await products.searchProducts({ term: 'DR-1', exact_match: true })).items.map((hit) => hit.item.id), [product.id]);
  const all = data(await api(v2.ItemSearchApi, two).searchItem({ term: 'acme', search_for_related_items: true }));
  assert.ok(all.items.some((hit) => hit.item.type === 'organization') && all.related_items.some((hit) => hit.item.type === 'deal'));

  // A field of its own.
  const fields = api(v2.DealFieldsApi, two);
  const field = data(await fields.addDealField({ AddDealFieldRequest: { field_name: 'Color', field_type: 'enum', options: [{ label: 'Red' }, { label: 'Green' }] } }));
  const blue = data(await fields.addDealFieldOptions({ field_code: field.field_code, AddDealFieldOptionsRequestInner: [{ label: 'Blue' }] }));
  assert.deepEqual(blue.map((option) => option.label), ['Blue']);
  deal = data(await deals.updateDeal({ id: deal.id, UpdateDealRequest: { custom_fields: { [field.field_code]: blue[0].id } } }));
  assert.equal(deal.custom_fields[field.field_code], blue[0].id);
  deal = data(await deals.getDeal({ id: deal.id, custom_fields: field.field_code, include_option_labels: true, include_labels: true }));
  assert.deepEqual(deal.custom_fields, { [field.field_code]: { id: blue[0].id, label: 'Blue' } });
  data(await fields.updateDealFieldOptions({ field_code: field.field_code, UpdateDealFieldOptionsRequestInner: [{ id: blue[0].id, label: 'Deep blue' }] }));
  data(await fields.updateDealField({ field_code: field.field_code, UpdateDealFieldRequest: { field_name: 'Paint' } }));
  data(await fields.getDealField({ field_code: field.field_code, include_fields: 'ui_visibility,important_fields,required_fields' }));
  assert.ok(data(await fields.getDealFields({ limit: 500, include_fields: 'ui_visibility,important_fields,required_fields' })).some((one) => one.field_code === field.field_code));
  data(await fields.deleteDealFieldOptions({ field_code: field.field_code, DeleteDealFieldOptionsRequestInner: [{ id: blue[0].id }] }));
  assert.equal(data(await fields.deleteDealField({ field_code: field.field_code })).field_code, field.field_code);

  // What is sold.
  const lines = api(v2.DealProductsApi, two);
  const line = data(await lines.addDealProduct({ id: deal.id, AddDealProductRequest: { product_id: product.id, item_price: 30, quantity: 10, discount: 55, discount_type: 'percentage' } }));
  assert.equal(line.sum, 135);
  data(await lines.updateDealProduct({ id: deal.id, product_attachment_id: line.id, UpdateDealProductRequest: { quantity: 20 } }));
  const many = data(await lines.addManyDealProducts({ id: deal.id, CreateManyDealProductRequest: { data: [{ product_id: product.id, item_price: 5, quantity: 2 }, { product_id: product.id, item_price: 1, quantity: 1 }] } }));
  data(await lines.getDealProducts({ id: deal.id }));
  assert.equal(data(await lines.getDealsProducts({ deal_ids: [deal.id] })).length, 3);
  assert.equal(data(await deals.getDeal({ id: deal.id })).value, 281);
  data(await lines.deleteManyDealProducts({ id: deal.id, ids: many.map((one) => one.id).join(',') }));
  const discount = data(await deals.postAdditionalDiscount({ id: deal.id, AddAdditionalDiscountRequestBody: { description: 'Loyalty', amount: 10, type: 'percentage' } }));
  data(await deals.updateAdditionalDiscount({ id: deal.id, discount_id: discount.id, UpdateAdditionalDiscountRequestBody: { amount: 20 } }));
  data(await deals.getAdditionalDiscounts({ id: deal.id }));
  assert.equal(data(await deals.getDeal({ id: deal.id })).value, 216);
  data(await deals.deleteAdditionalDiscount({ id: deal.id, discount_id: discount.id }));
  const installments = api(v2.DealInstallmentsApi, two);
  const installment = data(await installments.postInstallment({ id: deal.id, AddInstallmentRequestBody: { description: 'Down payment', amount: 100, billing_date: '2026-04-01' } }));
  data(await installments.updateInstallment({ id: deal.id, installment_id: installment.id, UpdateInstallmentRequestBody: { amount: 90 } }));
  data(await installments.getInstallments({ deal_ids: [deal.id] }));
  data(await installments.deleteInstallment({ id: deal.id, installment_id: installment.id }));

  // Who looks after it, and what happens around it.
  const me = deal.owner_id;
  const followers = data(await deals.getDealFollowers({ id: deal.id }));
  for (const follower of followers) data(await deals.deleteDealFollower({ id: deal.id, follower_id: follower.user_id }));
  assert.equal(data(await deals.addDealFollower({ id: deal.id, AddDealFollowerRequest: { user_id: me } })).user_id, me);
  data(await deals.getDealFollowersChangelog({ id: deal.id }));
  data(await old.getDealFollowers({ id: deal.id }));
  data(await old.deleteDealFollower({ id: deal.id, follower_id: data(await old.getDealFollowers({ id: deal.id }))[0].id }));
  data(await old.addDealFollower({ id: deal.id, AddDealFollowerRequest: { user_id: me } }));
  const participant = data(await old.addDealParticipant({ id: deal.id, AddDealParticipantRequest: { person_id: other.id } }));
  assert.equal(data(await old.getDealParticipants({ id: deal.id })).length, 2);
  data(await old.deleteDealParticipant({ id: deal.id, deal_participant_id: participant.id }));
  data(await old.getDealParticipantsChangelog({ id: deal.id }));
  const activities = api(v2.ActivitiesApi, two);
  const activity = data(await activities.addActivity({ AddActivityRequest: { subject: 'Call Jane', type: 'call', deal_id: deal.id, due_date: '2026-01-10', due_time: '10:00', duration: '00:30', participants: [{ person_id: person.id, primary: true }] } }));
  assert.equal(activity.due_time, '10:00:00');
  data(await activities.updateActivity({ id: activity.id, AddActivityRequest: { done: true } }));
  data(await activities.getActivity({ id: activity.id }));
  assert.deepEqual(ids(await activities.getActivities({ deal_id: deal.id, done: true })), [activity.id]);
  data(await old.getDealUpdates({ id: deal.id, all_changes: '1' }));
  data(await old.getDealChangelog({ id: deal.id }));
  data(await old.getDealFiles({ id: deal.id }));
  data(await old.getDealMailMessages({ id: deal.id }));
  data(await old.getDealUsers({ id: deal.id }));

  // Numbers.
  data(await old.getDealsSummary({ pipeline_id: pipeline.id }));
  assert.equal(data(await old.getDealsTimeline({ start_date: '2026-01-01', interval: 'month', amount: 12, field_key: 'expected_close_date', totals_convert_currency: 'USD' })).length, 12);

  // Two of it, then one again.
  const twin = data(await old.duplicateDeal({ id: deal.id }));
  const merged = data(await old.mergeDeals({ id: twin.id, MergeDealsRequest: { merge_with_id: deal.id } }));
  assert.deepEqual([merged.id, merged.merge_what_id], [deal.id, twin.id]);

  // Won, lost, the archive.
  deal = data(await deals.updateDeal({ id: deal.id, UpdateDealRequest: { status: 'won' } }));
  assert.ok(deal.won_time && deal.close_time && deal.local_won_date);
  deal = data(await deals.updateDeal({ id: deal.id, UpdateDealRequest: { status: 'lost', lost_reason: 'Too dear' } }));
  assert.equal(deal.lost_reason, 'Too dear');
  deal = data(await deals.updateDeal({ id: deal.id, UpdateDealRequest: { status: 'open' } }));
  assert.equal(deal.lost_reason, null);
  data(await deals.updateDeal({ id: deal.id, UpdateDealRequest: { is_archived: true } }));
  assert.ok(ids(await deals.getArchivedDeals({ pipeline_id: pipeline.id })).includes(deal.id));
  data(await old.getArchivedDealsSummary({ pipeline_id: pipeline.id }));
  data(await old.getArchivedDealsTimeline({ start_date: '2026-01-01', interval: 'quarter', amount: 4, field_key: 'expected_close_date' }));
  data(await old.getArchivedDeals({}));
  data(await deals.updateDeal({ id: deal.id, UpdateDealRequest: { is_archived: false } }));

  await bygone(base, settings, { pipeline, stage: first, person });

  // A lead, and nothing.
  const lead = data(await deals.addDeal({ AddDealRequest: { title: 'Too early', person_id: person.id, pipeline_id: pipeline.id } }));
  const { conversion_id } = data(await deals.convertDealToLead({ id: lead.id }));
  let conversion = await ended(() => deals.getDealConversionStatus({ id: lead.id, conversion_id }));
  assert.equal(conversion.status, 'completed');
  const leads = api(v2.LeadsApi, two);
  assert.deepEqual(data(await leads.searchLeads({ term: 'too early' })).items.map((hit) => hit.item.id), [conversion.lead_id]);
  const back = data(await leads.convertLeadToDeal({ id: conversion.lead_id, ConvertLeadToDealRequest: { stage_id: second.id } }));
  const { lead_id } = conversion;
  conversion = await ended(() => leads.getLeadConversionStatus({ id: lead_id, conversion_id: back.conversion_id }));
  assert.equal(data(await deals.getDeal({ id: conversion.deal_id })).stage_id, second.id);
  data(await activities.deleteActivity({ id: activity.id }));
  data(await lines.deleteDealProduct({ id: deal.id, product_attachment_id: line.id }));
  assert.equal(data(await deals.deleteDeal({ id: deal.id })).id, deal.id);
  assert.ok(ids(await deals.getDeals({ status: 'deleted' })).includes(deal.id));
  data(await products.deleteProductVariation({ id: product.id, product_variation_id: variation.id }));
  data(await products.deleteProduct({ id: product.id }));
  data(await persons.deletePerson({ id: other.id }));
  data(await organizations.deleteOrganization({ id: organization.id }));
}

/** What version 30 called and Pipedrive took away in 2026. */
async function bygone(base, settings, { pipeline, stage, person }) {
  const configuration = new old1.Configuration({ ...settings('v1'), basePath: `${base}/v1` });
  const deals = new old1.DealsApi(configuration);
  const made = [];
  for (const title of ['One', 'Two']) made.push(data(await deals.addDeal({ AddDealRequest: { title, pipeline_id: pipeline.id, person_id: person.id, value: 5, currency: 'EUR' } })));
  assert.deepEqual([made[0].user_id.value > 0, made[0].person_id.value, made[0].stage_id], [true, person.id, stage.id]);
  assert.equal(data(await deals.updateDeal({ id: made[0].id, UpdateDealRequest: { title: 'Uno' } })).title, 'Uno');
  assert.equal(data(await deals.getDeal({ id: made[0].id })).title, 'Uno');
  assert.ok(data(await deals.getDeals({ status: 'open', sort: 'id DESC', limit: 3 })).length > 0);
  assert.deepEqual(data(await deals.searchDeals({ term: 'uno', exact_match: true })).items.map((hit) => hit.item.id), [made[0].id]);
  assert.ok(data(await deals.getDealsCollection({ limit: 2 })).length > 0);
  data(await deals.getDealActivities({ id: made[0].id }));
  assert.deepEqual(data(await deals.getDealPersons({ id: made[0].id })).map((one) => one.id), [person.id]);
  data(await deals.getDealProducts({ id: made[0].id }));
  assert.deepEqual(data(await deals.deleteDeals({ ids: made.map((one) => one.id).join(',') })).id, made.map((one) => one.id));
  assert.equal(data(await deals.getDeal({ id: made[0].id })).status, 'deleted');
}

function data(answer) {
  assert.equal(answer.success, true, JSON.stringify(answer));
  return answer.data;
}

/** A conversion is a job: asked again until it is over. */
async function ended(ask) {
  for (;;) {
    const conversion = data(await ask());
    if (!['not_started', 'running'].includes(conversion.status)) return conversion;
    await new Promise((later) => setTimeout(later, 200));
  }
}

const ids = (answer) => data(answer).map((row) => row.id);

/** The client rejects with the body of the refusal. */
async function failure(promise) {
  try {
    await promise;
  } catch (refusal) {
    return refusal;
  }
  throw new assert.AssertionError({ message: 'was not refused' });
}
