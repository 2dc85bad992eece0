import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, completionStatus } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewlineAndIndent } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { linter, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { PromQLExtension, type PrometheusClient } from '@prometheus-io/codemirror-promql';
import { errorPosition, errorRange } from '@/lib/promqlError';
import { editorTheme } from './editorTheme';

export interface ServerError {
  /** The expression the server refused; the mark goes away with the first change. */
  expression: string;
  message: string;
}

export interface EditorHooks {
  onChange: (text: string) => void;
  /** Gets the text as it stands: the page around the editor may not have caught up with the last letters. */
  onRun: (text: string) => void;
  serverError: () => ServerError | null;
}

/** Labels of the editor for people and screen readers; they change with the language. */
export const wording = new Compartment();
export const wordingFor = (label: string, hint: string): Extension => [EditorView.contentAttributes.of({ 'aria-label': label }), placeholder(hint)];

function serverDiagnostics(view: EditorView, error: ServerError | null): Diagnostic[] {
  const text = view.state.doc.toString();
  const position = error && error.expression === text ? errorPosition(error.message) : null;
  if (position === null) return [];
  return [{ ...errorRange(text, position), severity: 'error', message: position.text }];
}

const oneWordError = (diagnostic: Diagnostic): Diagnostic => ({ ...diagnostic, to: Math.max(diagnostic.to, diagnostic.from) });

/** Errors of the grammar while typing, and the server's own for what it refused, in one list. */
function diagnostics(promql: PromQLExtension, hooks: EditorHooks): Extension {
  const grammar = promql.getLinter();
  return linter(
    async (view) => {
      const fromServer = serverDiagnostics(view, hooks.serverError());
      if (fromServer.length > 0 || view.state.doc.length === 0) return fromServer;
      return [...(await grammar.promQL.call(grammar)(view))].map(oneWordError);
    },
    { delay: 400 },
  );
}

export function createEditor(root: ShadowRoot, parent: HTMLElement, text: string, client: PrometheusClient, hooks: EditorHooks, words: Extension): EditorView {
  const promql = new PromQLExtension().setComplete({ remote: client }).activateLinter(false);
  const runNow = (view: EditorView) => {
    hooks.onRun(view.state.doc.toString());
    return true;
  };
  const run = (view: EditorView) => {
    if (completionStatus(view.state) === 'active') return false;
    return runNow(view);
  };
  const extensions: Extension[] = [
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false, maxRenderedOptions: 80 }),
    promql.asExtension(),
    diagnostics(promql, hooks),
    wording.of(words),
    editorTheme,
    EditorView.lineWrapping,
    tooltips({ position: 'fixed', parent }),
    EditorState.tabSize.of(2),
    Prec.high(
      keymap.of([
        { key: 'Enter', run },
        { key: 'Mod-Enter', run: runNow },
        { key: 'Shift-Enter', run: insertNewlineAndIndent },
        { key: 'Escape', run: (view) => (completionStatus(view.state) === null ? (view.contentDOM.blur(), true) : false) },
      ]),
    ),
    keymap.of([...completionKeymap, ...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.updateListener.of((update) => update.docChanged && hooks.onChange(update.state.doc.toString())),
  ];
  return new EditorView({ parent, root, state: EditorState.create({ doc: text, extensions }) });
}
