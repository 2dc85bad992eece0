import { defineMessages, useT } from '@/lib/i18n';
export const metricsMessages = defineMessages({ nav: 'Metrics' }, { nav: '指标' });
export const useMetricsMessages = () => useT(metricsMessages);
