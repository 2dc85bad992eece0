import { forceLinting } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { completionClient } from './completionClient';
import { createEditor, wording, wordingFor, type ServerError } from './editorSetup';
import { useMetricsMessages } from './messages';

export interface PromqlEditorProps {
  name: string;
  /** The text to show; a change from outside replaces what is being written. */
  value: string;
  serverError: ServerError | null;
  onChange: (text: string) => void;
  onRun: (text: string) => void;
  autoFocus?: boolean;
  /** The key / comes here. */
  searchable?: boolean;
}

/**
 * The PromQL editor. It lives in a shadow tree, because CodeMirror then keeps its styles in constructed style sheets,
 * which a strict content security policy allows, where it would otherwise add style elements, which it does not.
 */
export default function PromqlEditor(props: PromqlEditorProps) {
  const { name, value, serverError, searchable } = props;
  const t = useMetricsMessages();
  const client = useQueryClient();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const latest = useRef(props);
  const words = wordingFor(t('editor.label', { name }), t('editor.placeholder'));
  const firstWords = useRef(words);
  /** What the editor itself has said and the page has not said back yet; saying it back is no change from outside. */
  const said = useRef(new Set<string>());

  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open', delegatesFocus: true });
    const parent = document.createElement('div');
    root.append(parent);
    const view = createEditor(root, parent, latest.current.value, completionClient(client), {
      onChange: (text) => {
        said.current.add(text);
        latest.current.onChange(text);
      },
      onRun: (text) => latest.current.onRun(text),
      serverError: () => latest.current.serverError,
    }, firstWords.current);
    editor.current = view;
    if (latest.current.autoFocus) view.focus();
    return () => {
      editor.current = null;
      view.destroy();
      parent.remove();
    };
  }, [client]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const text = view.state.doc.toString();
    if (text !== value && said.current.has(value)) return;
    if (text !== value) view.dispatch({ changes: { from: 0, to: text.length, insert: value } });
    said.current.clear();
  }, [value]);

  useEffect(() => {
    editor.current?.dispatch({ effects: wording.reconfigure(wordingFor(t('editor.label', { name }), t('editor.placeholder'))) });
  }, [t, name]);

  useEffect(() => {
    if (serverError && editor.current) forceLinting(editor.current);
  }, [serverError]);

  return <div ref={host} data-search={searchable ? '' : undefined} tabIndex={-1} className="min-h-8.5 min-w-0 rounded-md border border-line-strong bg-surface focus-within:border-accent focus-within:outline-2 focus-within:outline-accent" />;
}
