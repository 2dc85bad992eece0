import { useCallback } from 'react';
import { localeTags, useLocale, type Locale } from './locale';

/** A text with `{name}` places, or one text per plural category of the parameter `count`. */
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Params = Record<string, string | number>;
export interface Messages<K extends string> {
  en: Record<K, Message>;
  zh: Record<K, Message>;
}
export type Translate<K extends string> = (key: K, params?: Params) => string;

/** Joins the two catalogues of a feature; the compiler refuses a key that only one of them has. */
export function defineMessages<E extends Record<string, Message>>(
  en: E,
  zh: Record<keyof E & string, Message>,
): Messages<keyof E & string> {
  return { en, zh };
}

const pluralRules = new Map<Locale, Intl.PluralRules>();
const numbers = new Map<Locale, Intl.NumberFormat>();

function pluralFor(locale: Locale): Intl.PluralRules {
  const rules = pluralRules.get(locale) ?? new Intl.PluralRules(localeTags[locale]);
  pluralRules.set(locale, rules);
  return rules;
}

function formatParam(locale: Locale, value: string | number): string {
  if (typeof value === 'string') return value;
  const format = numbers.get(locale) ?? new Intl.NumberFormat(localeTags[locale]);
  numbers.set(locale, format);
  return format.format(value);
}

export function translate<K extends string>(messages: Messages<K>, locale: Locale, key: K, params: Params = {}): string {
  const message: Message = messages[locale][key];
  const text =
    typeof message === 'string' ? message : (message[pluralFor(locale).select(Number(params['count'] ?? 0))] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    return value === undefined ? place : formatParam(locale, value);
  });
}

export function useT<K extends string>(messages: Messages<K>): Translate<K> {
  const locale = useLocale();
  return useCallback((key, params) => translate(messages, locale, key, params), [messages, locale]);
}

/** A label that is chosen when it is shown, for descriptors made before React runs. */
export type Localised = (locale: Locale) => string;

export function localised<K extends string>(messages: Messages<K>, key: K): Localised {
  return (locale) => translate(messages, locale, key);
}
