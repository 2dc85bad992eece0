import { defineMessages, useT } from '@/lib/i18n';
import { settingsEn } from './messages.en';
import { settingsZh } from './messages.zh';

export const settingsMessages = defineMessages(settingsEn, settingsZh);
export type SettingsKey = keyof typeof settingsEn;
export const useSettingsMessages = () => useT(settingsMessages);
