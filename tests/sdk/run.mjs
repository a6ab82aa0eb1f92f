// echo '{"server":…,"openapi":…,"token":…}' | node run.mjs: every client, every answer checked. Exit 1 with what went wrong.
import { readFileSync } from 'node:fs';
import { n8n } from './n8n.mjs';
import { live } from './official.mjs';
import { signedIn } from './oauth.mjs';
import { promises } from './promises.mjs';
import { start } from './proxy.mjs';
import { rest } from './rest.mjs';
import { load } from './slips.mjs';
import { find, load as read } from './spec.mjs';

const settings = JSON.parse(readFileSync(0, 'utf8'));
const { server, token } = settings;
const prefix = '/pipedrive';
const operations = read(settings.openapi);
const slips = load();
const proxy = await start(server, prefix, operations, slips);
const base = proxy.url + prefix;
const failed = [];

await step('the official client with an API token', () => live(base, () => ({ apiKey: token })));
await step('the official client signed in by OAuth', () => signedIn(base, settings));
await step("n8n's nodes", () => n8n(base, token));
await step('pipedrive-client', () => promises(base, token));
await step('what no client calls', () => rest(base, token));
await step('every operation that the files have was answered', covered);

failed.push(...new Set(proxy.faults));
failed.push(...slips.unused().map((slip) => `slips.json: nothing needs ${slip.operation} ${slip.fault} any more`));
proxy.close();
console.log(failed.length === 0 ? 'all well' : failed.join('\n'));
process.exit(failed.length === 0 ? 0 : 1);

/** Our document against the files: each operation was answered with success at least once, and costs what is published. */
async function covered() {
  const document = await (await fetch(`${server}${prefix}/openapi.json`)).json();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, ours] of Object.entries(item)) {
      const theirs = find(operations, method.toUpperCase(), path.slice(prefix.length).replace(/\{[^}]+\}/g, '0'));
      if (!theirs) continue;
      if (!proxy.seen.has(`${theirs.method} ${theirs.roots[0]}${theirs.template}`)) ask(theirs, 'was not answered with success');
      if (theirs.cost !== undefined && (ours['x-cost'] ?? 1) !== theirs.cost) failed.push(`${method.toUpperCase()} ${path} costs ${ours['x-cost'] ?? 1}, published is ${theirs.cost}`);
    }
  }
}

function ask(operation, fault) {
  if (!slips.excuse(operation, fault)) failed.push(`${operation.method} ${operation.template} ${fault}`);
}

async function step(name, work) {
  try {
    await work();
    console.log(`ok ${name}`);
  } catch (error) {
    failed.push(`${name}, after ${proxy.log.slice(-2).join(', ')}: ${error.stack ?? JSON.stringify(error)}`);
  }
}
