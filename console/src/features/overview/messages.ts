import { defineMessages, useT } from '@/lib/i18n';
export const overviewMessages = defineMessages({ nav: 'Overview' }, { nav: '概览' });
export const useOverviewMessages = () => useT(overviewMessages);
