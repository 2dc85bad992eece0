import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Message, Messages } from '@/lib/i18n';

const modules = import.meta.glob<Record<string, unknown>>('../**/messages.ts', { eager: true });
const sources = import.meta.glob<string>('../**/*.tsx', { eager: true, query: '?raw', import: 'default' });

function isCatalogue(value: unknown): value is Messages<string> {
  return typeof value === 'object' && value !== null && 'en' in value && 'zh' in value;
}

const catalogues = Object.entries(modules).map(([path, module]) => ({ path, messages: Object.values(module).find(isCatalogue) }));

function places(message: Message | undefined): string[] {
  const texts = typeof message === 'string' ? [message] : Object.values(message ?? {});
  return [...new Set(texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();
}

describe.each(catalogues)('the catalogue $path', ({ messages }) => {
  it('is exported with both languages', () => expect(messages).toBeDefined());

  it('has the same keys in both languages', () => {
    expect(Object.keys(messages?.zh ?? {}).sort()).toEqual(Object.keys(messages?.en ?? {}).sort());
  });

  it('has no empty text and the same places in both languages', () => {
    for (const key of Object.keys(messages?.en ?? {})) {
      expect(messages?.en[key], key).not.toBe('');
      expect(messages?.zh[key], key).not.toBe('');
      expect(places(messages?.zh[key]), key).toEqual(places(messages?.en[key]));
    }
  });
});

/** Attributes whose value a person sees or hears. */
const visibleAttributes = /^(aria-label|alt|title|placeholder|label|description|hint|detail|lead|text|header)$/;
/** Words that are the same in every language. */
const names = /^(Signalbox|PromQL|CSV|PNG|UTC|Ctrl|K|g|t|r|Esc)$/;
const hasWords = (text: string) => /\p{L}{2,}/u.test(text) && !names.test(text.trim());

function hardCoded(path: string, code: string): string[] {
  const file = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && hasWords(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && visibleAttributes.test(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (hasWords(node.initializer.text)) found.push(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('visible text', () => {
  it('stands in a catalogue, not in the markup', () => {
    const found = Object.entries(sources)
      .filter(([path]) => !path.endsWith('.test.tsx'))
      .flatMap(([path, code]) => hardCoded(path, code).map((text) => `${path}: ${text}`));
    expect(found).toEqual([]);
  });

  it('is found by this test when it is hard-coded', () => {
    expect(hardCoded('x.tsx', 'const a = <p title="Hello">{t("x")} Some words</p>;')).toEqual(['Hello', 'Some words']);
  });
});
