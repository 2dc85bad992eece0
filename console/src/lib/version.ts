/** A version without its build metadata: `0.1.0+8c7b626…` is called 0.1.0. */
export const shortVersion = (version: string): string => version.split('+')[0] ?? version;
