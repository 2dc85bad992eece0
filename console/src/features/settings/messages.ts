import { defineMessages, useT } from '@/lib/i18n';
export const settingsMessages = defineMessages({ nav: 'Settings' }, { nav: '设置' });
export const useSettingsMessages = () => useT(settingsMessages);
