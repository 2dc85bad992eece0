// Sends one counter, one histogram and one gauge over OTLP/HTTP, as JSON or as protobuf, and ends with 1 when the server does not take them.
import { metrics } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';

const [encoding, url, token] = process.argv.slice(2);
const Exporter = encoding === 'json' ? JsonExporter : ProtobufExporter;
const headers = token ? { Authorization: `Bearer ${token}` } : {};
const exporter = new Exporter({ url, headers, timeoutMillis: 10_000 });

let failure;
const send = exporter.export.bind(exporter);
exporter.export = (batch, done) => send(batch, (result) => {
  failure ??= result.error;
  done(result);
});

const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
const provider = new MeterProvider({
  resource: resourceFromAttributes({ 'service.name': 'otel-js', 'service.instance.id': encoding }),
  readers: [reader],
});
metrics.setGlobalMeterProvider(provider);
const meter = metrics.getMeter('send');
meter.createCounter('js.orders', { unit: '{order}' }).add(3, { kind: 'book' });
meter.createHistogram('js.latency', { unit: 's' }).record(0.25);
meter.createObservableGauge('js.stock').addCallback((result) => result.observe(12.5));

await provider.forceFlush().catch((error) => { failure ??= error; });
await provider.shutdown().catch((error) => { failure ??= error; });
if (failure) {
  console.error(failure.message);
  process.exit(1);
}
