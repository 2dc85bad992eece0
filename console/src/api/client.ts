import { createStore } from '@/lib/store';
import { ConnectionError, readProblem } from './problem';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as a form, as Prometheus's API takes long queries. */
  form?: URLSearchParams;
  query?: URLSearchParams;
  /** Beyond those every request has, such as If-Match. */
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

let csrfToken: string | null = null;

/** Remembers the session's token for unsafe requests; null after signing out. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** `lost` from the first request without an answer until one is answered again. */
export const connectionStore = createStore<'ok' | 'lost'>('ok');

/** Counts answers saying that nobody is signed in; the application then asks who is there. */
export const signedOutStore = createStore(0);

function headersFor(method: Method, options: RequestOptions): Headers {
  const headers = new Headers({ Accept: 'application/json', ...options.headers });
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (method !== 'GET' && csrfToken !== null) headers.set('X-CSRF-Token', csrfToken);
  return headers;
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const query = options.query?.toString() ?? '';
  try {
    const response = await fetch(query === '' ? path : `${path}?${query}`, {
      method,
      headers: headersFor(method, options),
      body: options.form ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
      credentials: 'same-origin',
    });
    // A proxy in front answers 502 to 504 for a server that is not there, but not with a problem in JSON.
    const isOurs = response.headers.get('Content-Type')?.includes('json') === true;
    connectionStore.set(response.status >= 502 && response.status <= 504 && !isOurs ? 'lost' : 'ok');
    return response;
  } catch (error) {
    if (options.signal?.aborted) throw error;
    connectionStore.set('lost');
    throw new ConnectionError(error);
  }
}

async function sendAccepted(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const response = await send(method, path, options);
  if (response.ok) return response;
  if (response.status === 401 && !path.startsWith('/api/v1/session')) signedOutStore.set(signedOutStore.get() + 1);
  throw await readProblem(response);
}

/** Sends one request and reads its JSON answer. Throws ApiProblem for refusals and ConnectionError without an answer. */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await sendAccepted(method, path, options);
  if (response.status === 204 || response.headers.get('Content-Length') === '0') return undefined as T;
  return (await response.json()) as T;
}

/** Reads an answer as the bytes that it is; fails as `request` does. */
export async function requestBytes(path: string, options: RequestOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const response = await sendAccepted('GET', path, { ...options, headers: { Accept: '*/*', ...options.headers } });
  return new Uint8Array(await response.arrayBuffer());
}

/** The beginning of an answer as text, and whether it was cut: no more than `mostBytes` are read, whatever the answer's length. */
export async function requestStart(path: string, mostBytes: number, options: RequestOptions = {}): Promise<{ text: string; cut: boolean }> {
  const response = await sendAccepted('GET', path, { ...options, headers: { Accept: '*/*', ...options.headers } });
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const piece = await reader?.read();
    if (!piece?.value) return { text: text + decoder.decode(), cut: false };
    const rest = mostBytes - bytes;
    if (piece.value.length > rest) {
      await reader?.cancel();
      return { text: text + decoder.decode(piece.value.subarray(0, rest), { stream: true }), cut: true };
    }
    bytes += piece.value.length;
    text += decoder.decode(piece.value, { stream: true });
  }
}

const newline = 10;

/** A part of a text of lines, from byte `first` on and about `most` bytes long: whole lines, and where the next part begins; null at the end. */
export async function requestLines(path: string, first: number, most: number, options: RequestOptions = {}): Promise<{ text: string; next: number | null }> {
  const response = await sendAccepted('GET', path, { ...options, headers: { Accept: '*/*', Range: `bytes=${first}-${first + most - 1}`, ...options.headers } });
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Who answers with the whole has not heeded the range, because it is that small.
  const size = response.status === 206 ? Number(response.headers.get('Content-Range')?.split('/')[1] ?? 0) : bytes.length;
  const isLast = response.status !== 206 || first + bytes.length >= size;
  // A line that is longer than a part is cut into several; nobody writes such lines to be read.
  const end = isLast ? bytes.length : bytes.lastIndexOf(newline) + 1 || bytes.length;
  return { text: new TextDecoder().decode(bytes.subarray(0, end)), next: isLast ? null : first + end };
}

/** Follows `next` until a list is complete; `most` bounds what a page of the console will hold. */
export async function requestAll<T>(path: string, signal?: AbortSignal, most = 5000): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const query: URLSearchParams = new URLSearchParams(after === null ? {} : { after });
    const page: { items: T[]; next?: string | null } = await request('GET', path, { query, signal });
    items.push(...page.items);
    after = page.next ?? null;
  } while (after !== null && items.length < most);
  return items;
}
