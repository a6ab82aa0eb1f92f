// Stands between a client and our server, passes everything through and holds every answer against the OpenAPI files.
import http from 'node:http';
import zlib from 'node:zlib';
import { find, missing } from './spec.mjs';

export async function start(target, prefix, operations, slips) {
  const seen = new Map();
  const log = [];
  const faults = [];
  const server = http.createServer((request, response) => {
    const chunks = [];
    const to = new URL(target);
    // The Host stays ours, so that addresses in answers (api_domain, urls of files) lead back here.
    const upstream = http.request({ host: to.hostname, port: to.port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.on('data', (chunk) => { chunks.push(chunk); response.write(chunk); });
      answer.on('end', () => {
        judge(request, answer, Buffer.concat(chunks));
        response.end();
      });
    });
    upstream.on('error', (error) => { faults.push(`${request.method} ${request.url}: ${error.message}`); response.destroy(); });
    request.pipe(upstream);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

  function judge(request, answer, body) {
    const pathname = new URL(request.url, target).pathname;
    log.push(`${request.method} ${request.url} ${answer.statusCode}`);
    if (!pathname.startsWith(prefix) || !String(answer.headers['content-type']).startsWith('application/json')) {
      note(pathname, request, answer.statusCode);
      return;
    }
    const operation = note(pathname, request, answer.statusCode);
    if (!operation) return;
    const json = JSON.parse(plain(body, answer.headers['content-encoding']).toString('utf8'));
    const where = `${operation.method} ${operation.template} ${answer.statusCode}`;
    if (answer.statusCode >= 500) faults.push(`${where}: ${body}`);
    const validate = operation.validate(answer.statusCode);
    if (!validate) {
      const fault = `the file has no such answer, only ${operation.statuses.filter((status) => status < 300)}`;
      if (answer.statusCode < 300 && !slips.excuse(operation, fault)) faults.push(`${where}: ${fault}`);
      return;
    }
    const wrong = [];
    if (!validate(json)) wrong.push(...validate.errors.filter((one) => one.keyword !== 'anyOf').map((one) => `${one.instancePath.replace(/\/\d+(?=\/|$)/g, '[]').replace(/^\//, '').replaceAll('/', '.')} ${one.message}`));
    if (answer.statusCode < 300) wrong.push(...missing(operation.schemaOf(answer.statusCode), json).map((place) => `${place} is missing`));
    for (const fault of new Set(wrong)) {
      if (!slips.excuse(operation, fault)) faults.push(`${where}: ${fault}`);
    }
  }

  function note(pathname, request, status) {
    const operation = pathname.startsWith(prefix) && find(operations, request.method, pathname.slice(prefix.length));
    if (operation && status < 300) seen.set(`${operation.method} ${operation.roots[0]}${operation.template}`, operation);
    return operation;
  }

  return { url: `http://127.0.0.1:${server.address().port}`, seen, faults, log, close: () => server.close() };
}

/** Clients that take compressed answers get them; they are judged as what they say. */
function plain(body, encoding) {
  if (encoding === 'br') return zlib.brotliDecompressSync(body);
  if (encoding === 'gzip') return zlib.gunzipSync(body);
  return body;
}
