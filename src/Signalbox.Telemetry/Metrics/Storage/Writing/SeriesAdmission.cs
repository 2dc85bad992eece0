using System.Globalization;
using Signalbox.Telemetry.Metrics.Storage.Head;

namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>Decides whether a series that is not in memory may be.</summary>
internal sealed class SeriesAdmission(EmbeddedMetricStoreOptions options)
{
    /// <summary>A key must fit into one log record, whatever the limits on single labels are.</summary>
    private const int MaxKeyBytes = 1 << 20;

    /// <returns>Null when it may; otherwise the limit, and a sentence that names it, its value and the series.</returns>
    public (RejectionReason Reason, string Example)? Refuse(TenantHead tenant, ReadOnlySpan<byte> key)
    {
        if (tenant.SeriesCount >= options.MaxSeriesPerTenant)
        {
            return (RejectionReason.SeriesLimit, Sentence(key, "would be one more than the tenant may have", "max_series_per_tenant", options.MaxSeriesPerTenant));
        }

        if (key.Length > MaxKeyBytes)
        {
            return (RejectionReason.LabelValueLength, Sentence(key, $"has {key.Length} bytes of labels", "the limit", MaxKeyBytes));
        }

        var labels = 0;
        for (var rest = key; !rest.IsEmpty; labels++)
        {
            var name = SeriesKey.ReadPart(ref rest);
            if (name.Length > options.MaxLabelNameBytes)
            {
                return (RejectionReason.LabelNameLength, Sentence(key, $"has a label name of {name.Length} bytes", "max_label_name_bytes", options.MaxLabelNameBytes));
            }

            var value = SeriesKey.ReadPart(ref rest);
            if (value.Length > options.MaxLabelValueBytes)
            {
                return (RejectionReason.LabelValueLength, Sentence(key, $"has a label value of {value.Length} bytes", "max_label_value_bytes", options.MaxLabelValueBytes));
            }
        }

        return labels > options.MaxLabelsPerSeries
            ? (RejectionReason.LabelsPerSeries, Sentence(key, $"has {labels} labels", "max_labels_per_series", options.MaxLabelsPerSeries))
            : null;
    }

    private static string Sentence(ReadOnlySpan<byte> key, string what, string limit, long value) =>
        string.Create(CultureInfo.InvariantCulture, $"Series {SeriesText.Of(key)} {what}; {limit} is {value}.");
}
