import { createContext, useContext } from 'react';
import type { JobForm } from './formState';

export interface FormAccess {
  form: JobForm;
  set: (change: Partial<JobForm>) => void;
  /** What is wrong with a member of the request, by the page's or the server's word. */
  errorOf: (member: string) => string | null;
}

export const FormContext = createContext<FormAccess | null>(null);

export function useForm(): FormAccess {
  const access = useContext(FormContext);
  if (access === null) throw new Error('A field of the job form stands outside of it.');
  return access;
}
