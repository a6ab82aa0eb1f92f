import type { Sendable } from './request';

/** A request as somebody would write it in a language; `base` is the server's address. */
export type Snippet = (request: Sendable, base: string) => string;

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const json = (text: string) => JSON.stringify(text);
const raw = (text: string) => `"""\n${text}\n"""`;

const curl: Snippet = ({ method, url, headers, body }, base) =>
  [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(base + url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body ? [`-d ${quoted(body)}`] : []),
  ].join(' \\\n  ');

const javascript: Snippet = ({ method, url, headers, body }, base) =>
  [
    `const response = await fetch(${json(base + url)}, {`,
    `  method: ${json(method)},`,
    `  headers: ${JSON.stringify(headers, null, 2).replaceAll('\n', '\n  ')},`,
    ...(body ? [`  body: ${json(body)},`] : []),
    '});',
    'console.log(response.status, await response.json());',
  ].join('\n');

const python: Snippet = ({ method, url, headers, body }, base) =>
  [
    'import requests',
    '',
    'response = requests.request(',
    `    ${json(method)}, ${json(base + url)},`,
    `    headers=${JSON.stringify(headers)},`,
    ...(body ? [`    data=${json(body)},`] : []),
    ')',
    'print(response.status_code, response.json())',
  ].join('\n');

const csharp: Snippet = ({ method, url, headers, body }, base) => {
  const { 'Content-Type': type, ...own } = headers;
  return [
    'using var http = new HttpClient();',
    `using var request = new HttpRequestMessage(new HttpMethod(${json(method)}), ${json(base + url)});`,
    ...Object.entries(own).map(([name, value]) => `request.Headers.TryAddWithoutValidation(${json(name)}, ${json(value)});`),
    ...(body ? [`request.Content = new StringContent(${raw(body)}, System.Text.Encoding.UTF8, ${json(type ?? 'application/json')});`] : []),
    'using var response = await http.SendAsync(request);',
    'Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");',
  ].join('\n');
};

export const snippets = { cURL: curl, 'C#': csharp, JavaScript: javascript, Python: python } satisfies Record<string, Snippet>;

/** A call of the journal as a test of ours, to keep what a client really did. */
export const asTest = (call: {
  method: string;
  path: string;
  operation: string | null;
  request: string;
  status: number;
  dialect: string;
}) =>
  [
    '[Fact]',
    `public async Task ${(call.operation ?? 'Unrouted').replace(/^./, first => first.toUpperCase())}_is_answered_with_${call.status}()`,
    '{',
    `    using var request = new HttpRequestMessage(new HttpMethod(${json(call.method)}), ${json(call.path)});`,
    ...(call.request
      ? [`    request.Content = new StringContent(${raw(call.request)}, System.Text.Encoding.UTF8, "application/json");`]
      : []),
    `    // The credential of ${call.dialect} goes here.`,
    '    using var response = await client.SendAsync(request);',
    '',
    `    Assert.Equal(${call.status}, (int)response.StatusCode);`,
    '}',
  ].join('\n');
