import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { TooltipProvider } from '@/ui/Tooltip';

/** One answer of the pretended server. */
export interface Reply {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface SentRequest {
  method: string;
  path: string;
  body: unknown;
  headers: Headers;
}

/** Answers fetch from a table of `METHOD path`, and keeps what was sent; an address that is not in it fails the test. */
export function pretendServer(replies: Record<string, Reply | ((request: SentRequest) => Reply)>): SentRequest[] {
  const sent: SentRequest[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const path = url.split('?')[0] ?? '';
    const request = { method: init?.method ?? 'GET', path, body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined, headers: new Headers(init?.headers) };
    const found = replies[`${request.method} ${path}`];
    if (!found) return Promise.reject(new Error(`Nobody answers ${request.method} ${path}.`));
    sent.push(request);
    const { status = 200, body, headers } = typeof found === 'function' ? found(request) : found;
    return Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status: body === undefined && status === 200 ? 204 : status, headers: { 'Content-Type': 'application/json', ...headers } }));
  });
  return sent;
}

/** Renders with what every page stands in, apart from the router. */
export function show(children: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  return render(
    <QueryClientProvider client={client}>
      <TooltipProvider>{children}</TooltipProvider>
    </QueryClientProvider>,
  );
}
