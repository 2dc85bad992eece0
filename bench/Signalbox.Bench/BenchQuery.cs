namespace Signalbox.Bench;

/// <summary>One of the ten range queries.</summary>
internal sealed record BenchQuery(string Name, string Expression)
{
    public static IReadOnlyList<BenchQuery> All { get; } =
    [
        new("one series, raw", "node_load1{instance=\"10.0.0.7:9100\"}"),
        new("500 series, raw", "node_load1"),
        new("rate of one instance", "rate(http_requests_total{instance=\"10.0.0.7:9100\"}[2m])"),
        new("rate summed by job", "sum by (job) (rate(http_requests_total[2m]))"),
        new("error ratio", "sum(rate(http_requests_total{code=\"500\"}[2m])) / sum(rate(http_requests_total[2m]))"),
        new("p95 from buckets", "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[2m])))"),
        new("p95 by instance", "histogram_quantile(0.95, sum by (le, instance) (rate(http_request_duration_seconds_bucket{job=\"api\"}[2m])))"),
        new("top ten of an average", "topk(10, avg_over_time(process_resident_memory_bytes[5m]))"),
        new("regular expression", "max by (cluster) (queue_depth{instance=~\"10\\\\.0\\\\.[01]\\\\.1.*\"})"),
        new("join of two metrics", "queue_depth / on (instance) group_left node_load1"),
    ];
}
