import { beforeEach, describe, expect, it, vi } from 'vitest';
import { pretendServer } from '@/testing';
import { connectionStore, request, requestAll, requestLines, requestStart, setCsrfToken, signedOutStore } from './client';
import { ApiProblem, ConnectionError } from './problem';
import { queryInstant, queryRange } from './prometheus';

beforeEach(() => {
  connectionStore.set('ok');
  setCsrfToken(null);
});

describe('request', () => {
  it('turns problem details into an ApiProblem', async () => {
    pretendServer({ 'GET /api/v1/x': { status: 409, body: { code: 'taken', title: 'Conflict', detail: 'Gone.', requestId: 'R', errors: { name: ['a', 'b'] } } } });
    const error = await request('GET', '/api/v1/x').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiProblem);
    expect(error).toMatchObject({ status: 409, code: 'taken', message: 'Conflict', detail: 'Gone.', requestId: 'R', errors: { name: 'a b' } });
  });

  it('keeps Prometheus’s own words', async () => {
    pretendServer({ 'GET /prometheus/api/v1/query': { status: 400, body: { status: 'error', errorType: 'bad_data', error: '1:2: parse error: x' } } });
    await expect(queryInstant('(', 0)).rejects.toMatchObject({ code: 'bad_data', message: '1:2: parse error: x' });
  });

  it('sends the CSRF token with what changes something, and only then', async () => {
    setCsrfToken('t');
    const sent = pretendServer({ 'GET /a': { body: {} }, 'DELETE /a': {} });
    await request('GET', '/a');
    await request('DELETE', '/a');
    expect(sent.map((one) => one.headers.get('X-CSRF-Token'))).toEqual([null, 't']);
  });

  it('marks the connection lost without an answer and found with the next', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValueOnce(new TypeError('failed')).mockResolvedValue(new Response('{}'));
    await expect(request('GET', '/a')).rejects.toBeInstanceOf(ConnectionError);
    expect(connectionStore.get()).toBe('lost');
    await request('GET', '/a');
    expect(connectionStore.get()).toBe('ok');
  });

  it('reports the end of the session, but not a failed sign-in', async () => {
    const refused = { status: 401, body: { code: 'x', title: 'x' } };
    pretendServer({ 'GET /api/v1/tokens': refused, 'POST /api/v1/session': refused });
    const before = signedOutStore.get();
    await request('POST', '/api/v1/session', { body: {} }).catch(() => undefined);
    expect(signedOutStore.get()).toBe(before);
    await request('GET', '/api/v1/tokens').catch(() => undefined);
    expect(signedOutStore.get()).toBe(before + 1);
  });
});

it('reads a list to its end', async () => {
  let page = 0;
  pretendServer({ 'GET /l': () => ({ body: { items: [page], next: page++ < 2 ? 'more' : null } }) });
  expect(await requestAll('/l')).toEqual([0, 1, 2]);
});

it('sends a long query as a form', async () => {
  const answer = { body: { status: 'success', data: { resultType: 'matrix', result: [] } } };
  const sent = pretendServer({ 'GET /prometheus/api/v1/query_range': answer, 'POST /prometheus/api/v1/query_range': answer });
  await queryRange('up', { fromMs: 0, toMs: 1000 }, 1);
  await queryRange(`up${' or up'.repeat(1000)}`, { fromMs: 0, toMs: 1000 }, 1);
  expect(sent.map((one) => one.method)).toEqual(['GET', 'POST']);
});

describe('requestStart', () => {
  const answers = (text: string) => vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response(text)));

  it('reads a short answer whole', async () => {
    answers('grün');
    expect(await requestStart('/log', 5)).toEqual({ text: 'grün', cut: false });
  });

  it('reads no more than it may of a long one, and leaves out half a letter', async () => {
    answers('grün und blau');
    expect(await requestStart('/log', 3)).toEqual({ text: 'gr', cut: true });
  });

  it('fails as every other request', async () => {
    pretendServer({ 'GET /log': { status: 404, body: { code: 'not_found', title: 'Not found' } } });
    await expect(requestStart('/log', 3)).rejects.toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('requestLines', () => {
  /** A server that answers ranges, as of a file with this text. */
  const serves = (text: string) =>
    vi.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
      const bytes = new TextEncoder().encode(text);
      const [, first = 0, last = 0] = (/bytes=(\d+)-(\d+)/.exec(new Headers(init?.headers).get('Range') ?? '') ?? []).map(Number);
      const part = bytes.slice(first, last + 1);
      return Promise.resolve(new Response(part, { status: 206, headers: { 'Content-Range': `bytes ${first}-${first + part.length - 1}/${bytes.length}` } }));
    });

  it('reads whole lines, part by part, whatever the parts cut through', async () => {
    const text = 'eins\nzwölf\n\n王伟\nein letztes Wort';
    serves(text);
    const parts: string[] = [];
    for (let next: number | null = 0; next !== null; ) {
      const part: { text: string; next: number | null } = await requestLines('/log', next, 9);
      parts.push(part.text);
      ({ next } = part);
    }
    expect(parts.join('')).toBe(text);
    expect(parts.slice(0, 3)).toEqual(['eins\n', 'zwölf\n\n', '王伟\n']);
  });

  it('takes the whole where ranges are not heeded', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response('a\nb\n')));
    expect(await requestLines('/log', 0, 2)).toEqual({ text: 'a\nb\n', next: null });
  });
});
