/** Where to go after signing in: only a path of this console, never another site or back to signing in. */
export function safeNext(next: string | undefined): string {
  if (!next || !next.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/';
  return next.startsWith('/sign-in') ? '/' : next;
}

/** The one-time token in an address such as `/sign-in#link=TOKEN`. */
export function linkToken(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('link');
  return token === null || token === '' ? null : token;
}
