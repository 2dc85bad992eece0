import type { QueryClient } from '@tanstack/react-query';
import type { PrometheusClient } from '@prometheus-io/codemirror-promql';
import { seriesOf } from '@/api/prometheus';
import { quote } from '@/lib/labels';
import { labelNamesQuery, labelValuesQuery, metadataQuery, metricNamesQuery } from './queries';

const selector = (metric: string | undefined): string | undefined => (metric ? `{__name__=${quote(metric)}}` : undefined);

/** Completes from the console's own cache and session. What cannot be had completes to nothing: the editor goes on. */
export function completionClient(client: QueryClient): PrometheusClient {
  const orEmpty = async <T>(ask: Promise<T>, empty: T): Promise<T> => {
    try {
      return await ask;
    } catch {
      return empty;
    }
  };
  return {
    metricNames: () => orEmpty(client.fetchQuery(metricNamesQuery), []),
    metricMetadata: () => orEmpty(client.fetchQuery(metadataQuery), {}),
    labelNames: (metric) => orEmpty(client.fetchQuery(labelNamesQuery(selector(metric))), []),
    labelValues: (label, metric) => orEmpty(client.fetchQuery(labelValuesQuery(label, selector(metric))), []),
    series: async (metric: string) => {
      const sets = await orEmpty(seriesOf(selector(metric) ?? '{}'), []);
      return sets.map((set) => new Map(Object.entries(set)));
    },
    flags: () => Promise.resolve({}),
  };
}
