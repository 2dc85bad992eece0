using System.Text;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Translates one request.</summary>
internal sealed class OtlpTranslationRun
{
    private const ulong NanosPerMilli = 1_000_000;

    private readonly OtlpTranslationOptions _options;
    private readonly OtlpMetricsData _data;
    private readonly MetricBatch _batch;
    private readonly OtlpNaming _naming;
    private readonly OtlpLabelSet _labels;
    private readonly OtlpSeriesWriter _writer;
    private readonly OtlpPointTranslator _points;
    private readonly OtlpTargetInfo _target;
    private readonly OtlpRejections _rejections = new();
    private readonly HashSet<MetricMetadata> _metadata = [];
    private long _accepted;

    public OtlpTranslationRun(OtlpTranslationOptions options, OtlpDeltaAccumulator deltas, TenantId tenant, OtlpMetricsData data, MetricBatch batch)
    {
        _options = options;
        _data = data;
        _batch = batch;
        _naming = new OtlpNaming(options.Strategy);
        _labels = new OtlpLabelSet(_naming);
        _writer = new OtlpSeriesWriter(_labels, batch);
        _points = new OtlpPointTranslator(data, _labels, _writer, deltas, tenant);
        _target = new OtlpTargetInfo(options, data);
    }

    public OtlpTranslation Translate()
    {
        foreach (var resource in _data.Resources)
        {
            _target.Begin(resource.Attributes);
            for (var scope = 0; scope < resource.Scopes.Length; scope++)
            {
                TranslateScope(_data.Scopes[resource.Scopes.Start + scope]);
            }

            if (_options.TargetInfo)
            {
                _target.WriteInfo(_labels, _writer);
            }
        }

        return new OtlpTranslation(_batch, _accepted, _rejections.Count, _rejections.Message());
    }

    private void TranslateScope(in OtlpScope scope)
    {
        for (var index = 0; index < scope.Metrics.Length; index++)
        {
            TranslateMetric(scope, _data.Metrics[scope.Metrics.Start + index]);
        }
    }

    private void TranslateMetric(in OtlpScope scope, in OtlpMetric metric)
    {
        var name = _data.String(metric.Name);
        var unit = _data.String(metric.Unit);
        var isMonotonicSum = metric is { Kind: OtlpMetricKind.Sum, IsMonotonic: true };
        var translated = _naming.MetricName(name, unit, isMonotonicSum, metric.Kind == OtlpMetricKind.Gauge);
        var fault = FaultOf(metric, translated);
        if (fault is not null)
        {
            _rejections.Add(fault, name, metric.Points.Length);
            return;
        }

        var metricName = Encoding.UTF8.GetBytes(translated);
        var before = _accepted;
        for (var index = 0; index < metric.Points.Length; index++)
        {
            TranslatePoint(scope, metric, _data.Points[metric.Points.Start + index], metricName, name);
        }

        if (_accepted > before)
        {
            AddMetadata(new MetricMetadata(translated, TypeOf(metric), _data.String(metric.Description), OtlpUnits.Name(unit)));
        }
    }

    private void TranslatePoint(in OtlpScope scope, in OtlpMetric metric, in OtlpPoint point, byte[] metricName, string originalName)
    {
        var fault = point.TimeNanos == 0 ? "the point has no time" : AddLabels(scope, point);
        if (fault is null)
        {
            _writer.Begin(metricName, (long)(point.TimeNanos / NanosPerMilli), point.HasNoRecordedValue ? StaleMarker.Value : null);
            fault = _points.Translate(metric, point);
        }

        if (fault is not null)
        {
            _rejections.Add(fault, originalName);
            return;
        }

        _accepted++;
        _target.Saw(_writer.Timestamp);
    }

    private string? AddLabels(in OtlpScope scope, in OtlpPoint point)
    {
        _labels.Clear();
        foreach (var attribute in _data.AttributesOf(point.Attributes))
        {
            if (!_labels.AddTranslated(_data.Text(attribute.Key), _data.Text(attribute.Value), OtlpLabelPriority.Attribute))
            {
                return "an attribute's key has no character that a label name may have";
            }
        }

        if (_options.PromoteScopeMetadata && scope.Name.Length > 0)
        {
            AddScope(scope);
        }

        _target.AddTo(_labels);
        _labels.Seal();
        return null;
    }

    private void AddScope(in OtlpScope scope)
    {
        _labels.Add("otel_scope_name"u8, _data.Text(scope.Name), OtlpLabelPriority.Scope);
        _labels.Add("otel_scope_version"u8, _data.Text(scope.Version), OtlpLabelPriority.Scope);
        _labels.Add("otel_scope_schema_url"u8, _data.Text(scope.SchemaUrl), OtlpLabelPriority.Scope);
        foreach (var attribute in _data.AttributesOf(scope.Attributes))
        {
            _labels.AddTranslated([.. "otel_scope_"u8, .. _data.Text(attribute.Key)], _data.Text(attribute.Value), OtlpLabelPriority.Scope);
        }
    }

    private static string? FaultOf(in OtlpMetric metric, string translated)
    {
        if (translated.Length == 0)
        {
            return "the metric's name is empty or has no usable character";
        }

        return metric.Kind switch
        {
            OtlpMetricKind.None => "the metric's kind is not known",
            OtlpMetricKind.Gauge or OtlpMetricKind.Summary => null,
            _ when metric.Temporality is OtlpMetric.TemporalityDelta or OtlpMetric.TemporalityCumulative => null,
            _ => "the metric's temporality is neither delta nor cumulative",
        };
    }

    private static MetricType TypeOf(in OtlpMetric metric) => metric.Kind switch
    {
        OtlpMetricKind.Sum => metric.IsMonotonic ? MetricType.Counter : MetricType.Gauge,
        OtlpMetricKind.Histogram or OtlpMetricKind.ExponentialHistogram => MetricType.Histogram,
        OtlpMetricKind.Summary => MetricType.Summary,
        _ => MetricType.Gauge,
    };

    private void AddMetadata(MetricMetadata metadata)
    {
        if (_metadata.Add(metadata))
        {
            _batch.AddMetadata(metadata);
        }
    }
}
