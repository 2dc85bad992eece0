/** The server answered and refused; carries what RFC 9457 problem details say. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    /** Stable and meant for programs, such as `sign_in_failed`. */
    readonly code: string,
    title: string,
    readonly detail: string | null,
    readonly requestId: string | null,
    /** Messages per field of the request. */
    readonly errors: Readonly<Record<string, string>>,
    readonly retryAfterSeconds: number | null,
  ) {
    super(title);
    this.name = 'ApiProblem';
  }
}

/** No answer came: the server is not there or the network is down. */
export class ConnectionError extends Error {
  constructor(cause: unknown) {
    super('The server did not answer.', { cause });
    this.name = 'ConnectionError';
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function fieldErrors(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([field, messages]) => [field, Array.isArray(messages) ? messages.join(' ') : String(messages)]),
  );
}

/** Reads a refusal: problem details, Prometheus's error envelope, or a body that is neither. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const members = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const isPrometheus = members['status'] === 'error';
  return new ApiProblem(
    response.status,
    text(isPrometheus ? members['errorType'] : members['code']) ?? `http_${response.status}`,
    text(isPrometheus ? members['error'] : members['title']) ?? `${response.status} ${response.statusText}`.trim(),
    text(members['detail']),
    text(members['requestId']) ?? response.headers.get('X-Request-Id'),
    fieldErrors(members['errors']),
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}
