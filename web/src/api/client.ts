import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from './problem';
import type { paths } from './schema.gen';

let antiForgery: string | null = null;
let onSignedOut: () => void = () => {};

/** Told by the session: what writes carry, and whom to call when the server no longer knows us. */
export const setCredentials = (token: string | null, signedOut: () => void) => {
  antiForgery = token;
  onSignedOut = signedOut;
};

export const antiForgeryHeaders = (): Record<string, string> => (antiForgery ? { 'X-Anti-Forgery': antiForgery } : {});

const carry: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') for (const [name, value] of Object.entries(antiForgeryHeaders())) request.headers.set(name, value);
    return request;
  },
  onResponse({ response, request }) {
    if (response.status === 401 && !request.url.endsWith('/api/v1/session')) onSignedOut();
    return response;
  },
};

/** The one way to the server: typed by the OpenAPI document. Wrap calls in {@link ask}. */
export const api = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  querySerializer: { array: { style: 'form', explode: false } },
});
api.use(carry);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The answer, or a thrown {@link Problem}. */
export const ask = async <T>(call: Promise<Answer<T>>): Promise<T> => {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, null);
  }
  if (answer.error !== undefined || !answer.response.ok) throw new Problem(answer.response.status, answer.error);
  return answer.data as T;
};

/** For what the document cannot type: uploads, downloads, other dialects. */
export const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  if (init.method && init.method !== 'GET') for (const [name, value] of Object.entries(antiForgeryHeaders())) headers.set(name, value);
  const response = await fetch(path, { ...init, headers }).catch(() => {
    throw new Problem(0, null);
  });
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => null));
  return response;
};
