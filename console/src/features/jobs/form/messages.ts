import { defineMessages, useT } from '@/lib/i18n';
import { formEn } from './messages.en';
import { formZh } from './messages.zh';

/** The form of a job. */
export const formMessages = defineMessages(formEn, formZh);
export type FormKey = keyof typeof formEn;
export const useFormMessages = () => useT(formMessages);
