import { describe, expect, it } from 'vitest';
import { defineMessages, translate } from './i18n';

const messages = defineMessages(
  { hello: 'Hello {name}', series: { one: '{count} series only', other: '{count} series' } },
  { hello: '你好，{name}', series: '{count} 条序列' },
);

describe('translate', () => {
  it('fills in places and leaves unknown ones visible', () => {
    expect(translate(messages, 'en', 'hello', { name: 'Ada' })).toBe('Hello Ada');
    expect(translate(messages, 'en', 'hello')).toBe('Hello {name}');
  });

  it('chooses the plural form by the rules of the language', () => {
    expect(translate(messages, 'en', 'series', { count: 1 })).toBe('1 series only');
    expect(translate(messages, 'en', 'series', { count: 12_345 })).toBe('12,345 series');
    expect(translate(messages, 'zh', 'series', { count: 1 })).toBe('1 条序列');
  });
});
