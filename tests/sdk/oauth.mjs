// The official client's OAuth: consent by a user, code, tokens, calls at api_domain, refresh, revoke.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { v1, v2 } = { v1: require('pipedrive/v1'), v2: require('pipedrive/v2') };

/** Signs in and answers what the token reply says. */
export async function consent(client, { email, password }) {
  const page = await fetch(client.authorizationUrl + '&state=7');
  assert.match(await page.text(), /Allow and install/);
  const asked = new URL(client.authorizationUrl).searchParams;
  const decision = await fetch(`${client.host}/oauth/authorize`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ client_id: asked.get('client_id'), redirect_uri: asked.get('redirect_uri'), state: '7', email, password, decision: 'allow' }),
  });
  const back = new URL(decision.headers.get('location'));
  assert.equal(back.searchParams.get('state'), '7');
  return back.searchParams.get('code');
}

export async function signedIn(base, { clientId, clientSecret, redirectUri, email, password }) {
  const told = [];
  const client = new v2.OAuth2Configuration({ clientId, clientSecret, redirectUri, host: base });
  client.onTokenUpdate = (token) => told.push(token);

  const first = await client.authorize(await consent(client, { email, password }));
  assert.equal(first.api_domain, base);
  assert.equal(first.token_type, 'Bearer');

  // The client calls where the token reply says the API is.
  const deals = new v2.DealsApi(new v2.Configuration({ accessToken: client.getAccessToken, basePath: `${first.api_domain}/api/v2` }));
  const old = new v1.DealsApi(new v1.Configuration({ accessToken: client.getAccessToken, basePath: `${first.api_domain}/api/v1` }));
  const deal = (await deals.addDeal({ AddDealRequest: { title: 'By consent' } })).data;
  assert.equal((await old.getDealUsers({ id: deal.id })).success, true);

  const second = await client.tokenRefresh();
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal((await deals.getDeal({ id: deal.id })).data.title, 'By consent');
  assert.equal(told.length, 2);

  await client.revokeToken('refresh_token');
  await assert.rejects(() => deals.getDeal({ id: deal.id }), (refusal) => refusal.errorCode === 401);
  await assert.rejects(() => client.tokenRefresh(), (refusal) => refusal.error === 'invalid_grant');
}
