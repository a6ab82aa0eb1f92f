import { expect, it } from 'vitest';
import { curlOf } from './lens';

const base = 'http://127.0.0.1:5080';

// How each API takes its key: the vendors' authentication pages (docs/dialects).
it.each([
  ['native', '/api/v1/deals/7', `curl '${base}/api/v1/deals/7' \\\n  -H 'Authorization: Bearer YOUR_KEY'`],
  ['pipedrive', '/pipedrive/api/v2/deals/7', `curl '${base}/pipedrive/api/v2/deals/7' \\\n  -H 'x-api-token: YOUR_KEY'`],
  ['switch', '/switch/api/v1/deals/0198', `curl '${base}/switch/api/v1/deals/0198' \\\n  -H 'Authorization: Bearer YOUR_KEY'`],
  [
    'ysuite',
    '/ysuite/deals/7',
    `curl '${base}/ysuite/deals/7' \\\n  -H 'x-ysuite-access-key: YOUR_ACCESS_KEY' \\\n  -H 'x-ysuite-secret-key: YOUR_SECRET_KEY'`,
  ],
])('%s is asked with its own credential', (dialect, path, text) => expect(curlOf({ dialect, path }, base)).toBe(text));

it('an app of cPod first fetches a token', () => {
  const lines = curlOf({ dialect: 'cpod', path: '/cpod/api/v1/deals/deal_1' }, base).split('\n');
  expect(lines[0]).toMatch(/^# .*auth\/token.*"client_secret":"YOUR_SECRET"/);
  expect(lines.slice(1).join('\n')).toBe(`curl '${base}/cpod/api/v1/deals/deal_1' \\\n  -H 'Authorization: Bearer YOUR_ACCESS_TOKEN'`);
});
