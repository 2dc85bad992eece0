import { defineMessages, useT } from '@/lib/i18n';
import { metricsEn } from './messages.en';
import { metricsZh } from './messages.zh';

export const metricsMessages = defineMessages(metricsEn, metricsZh);
export type MetricsKey = keyof typeof metricsEn;
export const useMetricsMessages = () => useT(metricsMessages);
