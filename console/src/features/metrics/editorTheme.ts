import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const highlight = HighlightStyle.define([
  { tag: tags.function(tags.variableName), color: 'var(--accent)' },
  { tag: tags.keyword, color: 'var(--series-8)' },
  { tag: tags.operatorKeyword, color: 'var(--series-8)' },
  { tag: tags.modifier, color: 'var(--series-8)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: tags.number, color: 'var(--warn)' },
  { tag: tags.labelName, color: 'var(--info)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: tags.operator, color: 'var(--ink-2)' },
  { tag: tags.bracket, color: 'var(--ink-2)' },
]);

/** The editor in the house's colours; tokens reach into its shadow tree by inheritance. */
export const editorTheme = [
  EditorView.theme({
    '&': { color: 'var(--ink)', fontSize: '13px', background: 'transparent' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: "'JetBrains Mono Variable', monospace", fontVariantLigatures: 'none', lineHeight: '20px', maxHeight: '240px' },
    '.cm-content': { padding: '6px 0', caretColor: 'var(--ink)' },
    '.cm-line': { padding: '0 10px' },
    '.cm-cursor': { borderLeftColor: 'var(--ink)' },
    '.cm-placeholder': { color: 'var(--ink-3)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--accent-soft)' },
    '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { background: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
    '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': { background: 'var(--bad-soft)' },
    '.cm-tooltip': { background: 'var(--overlay)', color: 'var(--ink)', border: '1px solid var(--line)', borderRadius: '8px', boxShadow: 'var(--shadow-pop)', overflow: 'hidden', zIndex: '60' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: "'JetBrains Mono Variable', monospace", fontVariantLigatures: 'none', fontSize: '12px', padding: '4px 0', maxHeight: '300px', minWidth: '280px', maxWidth: 'min(560px, 90vw)' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 10px', lineHeight: '18px', display: 'flex', gap: '12px' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--accent-soft)', color: 'var(--ink)' },
    '.cm-completionLabel': { flex: '1', overflow: 'hidden', textOverflow: 'ellipsis' },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700', color: 'var(--accent)' },
    '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--ink-3)', marginLeft: '0' },
    '.cm-tooltip.cm-completionInfo': { padding: '8px 12px', maxWidth: '320px', fontFamily: "'Inter Variable', sans-serif", fontSize: '12px', lineHeight: '18px', marginLeft: '4px' },
    '.cm-diagnostic': { padding: '6px 10px', fontFamily: "'Inter Variable', sans-serif", fontSize: '12px', borderLeft: 'none' },
    '.cm-diagnostic-error': { color: 'var(--bad)' },
    '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--bad)', textDecorationSkipInk: 'none', textUnderlineOffset: '4px' },
    '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--warn)', textDecorationSkipInk: 'none', textUnderlineOffset: '4px' },
    '.cm-lintPoint:after': { borderBottomColor: 'var(--bad)' },
  }),
  syntaxHighlighting(highlight),
];
