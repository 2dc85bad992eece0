import { defineMessages, useT } from '@/lib/i18n';
import { detailEn } from './messages.en';
import { detailZh } from './messages.zh';

export const detailMessages = defineMessages(detailEn, detailZh);
export type DetailKey = keyof typeof detailEn;
export const useDetailMessages = () => useT(detailMessages);
