import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { answer } from './fakeApi.ts';

/** The policy the server is expected to send; served here too so that a breach shows while developing. */
export const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function middleware(strict: boolean): Connect.NextHandleFunction {
  return (request: IncomingMessage, response: ServerResponse, next) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (strict) response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    if (!/^\/(api|prometheus)\//.test(url.pathname)) {
      next();
      return;
    }
    const scene = new Set((/(?:^|; )fake=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '').split('+'));
    const reply = async () => {
      const text = await readBody(request);
      const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
      const { status, body, raw, headers } = answer({
        method: request.method ?? 'GET',
        path: url.pathname,
        params: isForm ? new URLSearchParams(text) : url.searchParams,
        body: text === '' || isForm ? {} : (JSON.parse(text) as Record<string, unknown>),
        scene,
      });
      response.writeHead(status, { 'Content-Type': raw ? 'text/plain; charset=utf-8' : status < 400 ? 'application/json' : 'application/problem+json', ...headers });
      response.end(raw ?? (body === undefined ? undefined : JSON.stringify(body)));
    };
    reply().catch(next);
  };
}

/** Answers the API with made-up data: `npm run dev:fake`, or with `vite preview --mode fake` under the strict policy. */
export function fakeServer(): Plugin {
  return {
    name: 'signalbox-fake-server',
    configureServer: (server) => void server.middlewares.use(middleware(false)),
    configurePreviewServer: (server) => void server.middlewares.use(middleware(true)),
  };
}
