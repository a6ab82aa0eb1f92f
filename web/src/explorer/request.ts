import type { Operation } from './document';

export type Values = { parameters: Record<string, string>; body: string };
export type Sendable = { method: string; url: string; headers: Record<string, string>; body?: string };

/** What is still missing before the request can be sent. */
export const missing = (operation: Operation, values: Values) =>
  operation.parameters.filter(one => one.in === 'path' && !values.parameters[one.name]?.trim()).map(one => one.name);

/** The request as it goes out. Parameters that were left empty are left out. */
export const requestOf = (operation: Operation, values: Values, credential: Record<string, string>): Sendable => {
  const headers: Record<string, string> = { ...credential };
  const query = new URLSearchParams();
  let path = operation.path;
  for (const parameter of operation.parameters) {
    const value = values.parameters[parameter.name]?.trim() ?? '';
    if (!value) continue;
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (parameter.in === 'query') query.set(parameter.name, value);
    else headers[parameter.name] = value;
  }
  const text = query.toString();
  const body = operation.body && operation.method !== 'GET' ? values.body : undefined;
  if (body) headers['Content-Type'] = operation.bodyType ?? 'application/json';
  return { method: operation.method, url: path + (text ? `?${text}` : ''), headers, body: body || undefined };
};

/** JSON with breaks and indents; other text as it is. */
export const pretty = (text: string) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/** What is wrong with the text as JSON, in one sentence; none when it is right. */
export const wrongJson = (text: string) => {
  if (!text.trim()) return null;
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'This is not JSON.';
  }
};
