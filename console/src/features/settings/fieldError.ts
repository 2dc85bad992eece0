import { ApiProblem } from '@/api/problem';

/** What the server says about one field of the request. */
export function fieldError(error: Error | null, field: string): string | null {
  return error instanceof ApiProblem ? (error.errors[field] ?? null) : null;
}

/** The error itself when it is about no field that the form shows. */
export function generalError(error: Error | null, fields: readonly string[]): Error | null {
  return error !== null && fields.every((field) => fieldError(error, field) === null) ? error : null;
}
