// Operations that no client of ours calls, by plain requests.
import assert from 'node:assert/strict';

export async function rest(base, token) {
  const v1 = caller(`${base}/v1`, token);
  const after = caller(`${base}/api/v1`, token);

  // v1 also answers where clients ask after an OAuth sign-in, and takes the token in the query.
  const deal = await after('POST', '/deals', { title: 'By hand', value: '12.50' });
  const queried = await fetch(`${base}/v1/deals/${deal.id}?api_token=${token}`);
  assert.equal((await queried.json()).data.value, 12.5);
  const product = (await v1('GET', '/deals?limit=1')).length >= 0 && (await caller(`${base}/api/v2`, token)('POST', '/products', { name: 'Nail' }));
  const line = await v1('POST', `/deals/${deal.id}/products`, { product_id: product.id, item_price: 3, quantity: 2 });
  assert.equal((await v1('PUT', `/deals/${deal.id}/products/${line.id}`, { quantity: 4 })).sum, 12);
  await v1('DELETE', `/deals/${deal.id}/products/${line.id}`);
  await v1('DELETE', `/deals/${deal.id}`);
}

function caller(root, token) {
  return async (method, path, body) => {
    const answer = await fetch(root + path, { method, headers: { 'x-api-token': token, ...(body && { 'content-type': 'application/json' }) }, body: body && JSON.stringify(body) });
    const json = await answer.json();
    assert.ok(answer.ok && json.success, `${method} ${path}: ${answer.status} ${JSON.stringify(json)}`);
    return json.data;
  };
}
