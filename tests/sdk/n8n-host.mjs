// As much of n8n as its Pipedrive nodes need to run: parameters, input, and requests with the credential's own way to authenticate.
// The one thing that is ours: requests to the vendor's host go to the server under test.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { Pipedrive } = require('n8n-nodes-base/dist/nodes/Pipedrive/Pipedrive.node.js');
const { PipedriveTrigger } = require('n8n-nodes-base/dist/nodes/Pipedrive/PipedriveTrigger.node.js');
const { PipedriveApi } = require('n8n-nodes-base/dist/credentials/PipedriveApi.credentials.js');

const vendor = 'https://api.pipedrive.com';
const versions = new Pipedrive().nodeVersions;

/** Runs one node as a workflow of one item would, and answers what it hands on. */
export function nodes(base, apiToken) {
  const service = { base, apiToken };
  return {
    /** @param {1 | 2} version Of the node: 1 calls v1 of the API, 2 calls v2 where the node's makers found it. */
    async run(version, resource, operation, parameters = {}, binary = {}) {
      const [items] = await versions[version].execute.call(context(service, { resource, operation, ...parameters }, { version, binary }));
      return items;
    },
    /** What the editor offers to choose from. */
    choices: (name, parameters = {}) => versions[2].methods.loadOptions[name].call(context(service, parameters, { version: 2 })),
    trigger: (parameters, webhookUrl) => {
      const own = context(service, { incomingAuthentication: 'none', ...parameters }, { version: 1.1, webhookUrl });
      return Object.fromEntries(Object.entries(new PipedriveTrigger().webhookMethods.default).map(([name, method]) => [name, () => method.call(own)]));
    },
  };
}

function context(service, given, { version, binary = {}, webhookUrl }) {
  const parameters = { authentication: 'apiToken', ...given };
  const staticData = {};
  const parameter = (name, fallback) => {
    if (name in parameters) return structuredClone(parameters[name]);
    if (fallback === undefined) throw new Error(`Could not get parameter "${name}"`);
    return fallback;
  };
  return {
    getInputData: () => [{ json: {}, binary }],
    // Of triggers and of loadOptions the second argument is the fallback, of running nodes the item.
    getNodeParameter: (name, item, fallback) => parameter(name, fallback),
    getCurrentNodeParameter: (name) => parameter(name),
    getNode: () => ({ id: '1', name: 'Pipedrive', type: 'n8n-nodes-base.pipedrive', typeVersion: version, position: [0, 0], parameters }),
    getWorkflowStaticData: () => staticData,
    getNodeWebhookUrl: () => webhookUrl,
    continueOnFail: () => false,
    helpers: {
      requestWithAuthentication: (type, options) => request(service, type, options),
      returnJsonArray: (data) => (Array.isArray(data) ? data : [data]).map((json) => ({ json })),
      constructExecutionMetaData: (items, { itemData }) => items.map((item) => ({ ...item, pairedItem: itemData })),
      assertBinaryData: (item, name) => binary[name],
      getBinaryDataBuffer: async (item, name) => binary[name].bytes,
      prepareBinaryData: async (bytes, fileName) => ({ bytes, fileName }),
    },
  };
}

async function request({ base, apiToken }, type, { method, uri, qs, headers, body, formData, json, encoding }) {
  if (type !== 'pipedriveApi') throw new Error(`There is no ${type} here.`);
  const url = new URL(uri.replace(vendor, base));
  const authentication = new PipedriveApi().authenticate.properties.qs;
  for (const [name, value] of Object.entries({ ...qs, ...authentication })) {
    if (value !== undefined) url.searchParams.set(name, String(value).replace('={{$credentials.apiToken}}', apiToken));
  }
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    body: formData ? form(formData) : body && JSON.stringify(body),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const read = encoding === null ? bytes : json ? JSON.parse(bytes.toString('utf8')) : bytes.toString('utf8');
  if (answer.ok) return read;
  throw Object.assign(new Error(`${answer.status} - ${bytes}`), { statusCode: answer.status, error: JSON.parse(bytes.toString('utf8')) });
}

/** The parts in the order in which the node names them: the file before what it hangs on. */
function form(parts) {
  const data = new FormData();
  for (const [name, part] of Object.entries(parts)) {
    if (part.options) data.append(name, new Blob([part.value], { type: part.options.contentType }), part.options.filename);
    else data.append(name, String(part));
  }
  return data;
}
