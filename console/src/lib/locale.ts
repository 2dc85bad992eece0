import { createStoredStore, useStore } from './store';

export type Locale = 'en' | 'zh';
export const locales: readonly Locale[] = ['en', 'zh'];

/** BCP 47 tags handed to Intl. */
export const localeTags: Record<Locale, string> = { en: 'en-GB', zh: 'zh-CN' };

/** Each language under its own name, so that it is found by those who read it. */
export const localeNames: Record<Locale, string> = { en: 'English', zh: '简体中文' };

export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    if (language.toLowerCase().startsWith('zh')) return 'zh';
    if (language.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}

export const localeStore = createStoredStore<Locale>(
  'signalbox.locale',
  preferredLocale(typeof navigator === 'undefined' ? [] : navigator.languages),
  (text) => locales.find((locale) => locale === text) ?? null,
  (value) => value,
);

export const useLocale = (): Locale => useStore(localeStore);
