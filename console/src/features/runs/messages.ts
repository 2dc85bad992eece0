import { defineMessages, useT } from '@/lib/i18n';
import { runsEn } from './messages.en';
import { runsZh } from './messages.zh';

export const runsMessages = defineMessages(runsEn, runsZh);
export type RunsKey = keyof typeof runsEn;
export const useRunsMessages = () => useT(runsMessages);
