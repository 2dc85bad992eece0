import type { PrometheusClient } from '@prometheus-io/codemirror-promql';
import { expect, it } from 'vitest';
import { createEditor, wordingFor } from './editorSetup';

const nothing: PrometheusClient = {
  labelNames: () => Promise.resolve([]),
  labelValues: () => Promise.resolve([]),
  metricMetadata: () => Promise.resolve({}),
  series: () => Promise.resolve([]),
  metricNames: () => Promise.resolve([]),
  flags: () => Promise.resolve({}),
};

it('runs the text as it stands when Enter is pressed', () => {
  const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
  const parent = root.appendChild(document.createElement('div'));
  const ran: string[] = [];
  const hooks = { onChange: () => undefined, onRun: (text: string) => ran.push(text), serverError: () => null };
  const view = createEditor(root, parent, 'node_loa', nothing, hooks, wordingFor('PromQL', ''));

  view.dispatch({ changes: { from: 0, to: 8, insert: 'node_load15' } });
  view.contentDOM.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  view.contentDOM.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));

  expect(ran).toEqual(['node_load15', 'node_load15']);
  view.destroy();
});
