namespace Signalbox.Server.Tests.Query.Differential;

/// <summary>Expressions of every kind that the public compliance suite asks about.</summary>
/// <remarks>
/// Left out is what Prometheus 3 changed on purpose: <c>atan2</c> drops the metric's name, labels may have any name, and a rate over a gap is no longer
/// extended to the counter's zero point from beyond half a sample's distance.
/// Source: https://github.com/prometheus/compliance/tree/main/promql
/// </remarks>
internal static class Questions
{
    private const string Memory = "demo_memory_usage_bytes";
    private const string Processor = "demo_cpu_usage_seconds_total";
    private const string Bucket = "demo_api_request_duration_seconds_bucket";

    public static IReadOnlyList<string> All { get; } =
    [
        "42", "1.234", ".123", "1.23e-3", "0x3d", "Inf", "-Inf", "NaN",
        Memory, "{__name__=\"demo_memory_usage_bytes\"}", Memory + "{type=\"free\"}", Memory + "{type!=\"free\"}", Memory + "{instance=~\"demo:.*\"}",
        Memory + "{instance=~\".*1000[01]\", type!~\"free|used\"}", Memory + "{type=\"free\", instance!=\"demo:10000\"}", "{type=\"free\", instance!=\"demo:10000\"}",
        "nonexistent_metric_name", "demo_intermittent_metric", "demo_extremes", "lonely{absent=\"\"}",
        .. Each("sum", "avg", "max", "min", "count", "stddev", "stdvar", "group").SelectMany(static operation => new[]
        {
            $"{operation}({Memory})", $"{operation} by() ({Memory})", $"{operation} by(instance) ({Memory})", $"{operation} without(instance, type) ({Memory})", $"{operation}(nonexistent_metric_name)",
        }),
        .. Each("topk", "bottomk").SelectMany(static operation => new[] { $"{operation}(3, {Memory})", $"{operation} by(instance) (2, {Memory})", $"{operation} without(instance) (2, {Memory})" }),
        .. Each("-0.5", "0.1", "0.5", "0.75", "0.95", "1", "1.5").Select(static quantile => $"quantile({quantile}, {Memory})"),
        $"avg(max by(type) ({Memory}))", "count_values(\"value\", demo_num_cpus)", "count_values by(instance) (\"mode\", demo_num_cpus)",
        .. Each("+", "-", "*", "/", "%", "^").SelectMany(static operation => new[] { $"1 * 2 {operation} 3.5", $"{Memory} {operation} 1.21", $"0.7 {operation} {Memory}", $"{Memory} {operation} on(instance, job, type) {Memory}", $"{Memory} {operation} demo_extremes" }),
        .. Each("==", "!=", "<", ">", "<=", ">=").SelectMany(static operation => new[] { $"1 {operation} bool 2", $"{Memory} {operation} 5e8", $"{Memory} {operation} bool 5e8", $"1.2 {operation} {Memory}", $"{Memory} {operation} bool on(instance, job, type) ({Memory} offset 1m)", $"demo_num_cpus {operation} on(instance) group_right {Memory}" }),
        $"{Memory} and {Memory}{{type=\"used\"}}", $"{Memory} or lonely", $"{Memory} unless {Memory}{{type=\"used\"}}", $"{Memory} and on(instance) demo_num_cpus", $"{Memory} unless ignoring(type) demo_num_cpus",
        $"{Memory} - on(instance) group_left demo_num_cpus", $"sum by(instance, type) ({Memory}) / on(instance) group_left(job) demo_num_cpus", $"({Memory} atan2 1) * 1", "demo_num_cpus * demo_num_cpus",
        "-demo_num_cpus", $"-({Memory} % 1.2)", "1 + 2 * 3 ^ 2 ^ 0.5", "-2 ^ 2",
        .. Each("sum", "avg", "max", "min", "count", "stddev", "stdvar", "last", "present", "absent").SelectMany(static operation => new[] { $"{operation}_over_time({Memory}[1m])", $"{operation}_over_time(demo_intermittent_metric[7m])" }),
        .. Each("-0.5", "0.5", "0.9", "1.5").Select(static quantile => $"quantile_over_time({quantile}, {Memory}[5m])"),
        .. Each("rate", "increase").SelectMany(static function => new[] { $"{function}({Processor}[1m])", $"{function}({Processor}[15m])" }),
        .. Each("irate", "delta", "idelta", "deriv", "resets", "changes").SelectMany(static function => new[] { $"{function}({Processor}[1m])", $"{function}({Processor}[15m])", $"{function}(demo_intermittent_metric[5m])" }),
        .. Each("abs", "ceil", "floor", "exp", "sqrt", "ln", "log2", "log10", "round", "sgn", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "deg", "rad")
            .Select(static function => $"{function}(demo_extremes)"),
        .. Each("timestamp", "day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year").Select(static function => $"{function}(demo_batch_last_success_timestamp_seconds offset 3m)"),
        "time()", "hour()", "day_of_week()", "pi()", "timestamp(timestamp(demo_num_cpus))", "scalar(demo_num_cpus)", "scalar(lonely)", "vector(1.5)", "vector(scalar(lonely)) * 2",
        $"clamp({Memory}, 1e8, 5e8)", $"clamp_min({Memory}, 2e8)", $"clamp_max({Memory}, 2e8)", $"clamp({Memory}, 5e8, 1e8)", $"round({Memory}, 1e6)",
        "predict_linear(demo_disk_usage_bytes[15m], 600)", "predict_linear(demo_intermittent_metric[10m], -60)",
        "label_replace(demo_num_cpus, \"job\", \"dest-$1\", \"instance\", \"(.*):10000\")", "label_replace(demo_num_cpus, \"job\", \"$1\", \"instance\", \"no match (.*)\")",
        "label_replace(demo_num_cpus, \"job\", \"\", \"instance\", \".*\")", "label_replace(demo_num_cpus, \"instance\", \"same\", \"\", \".*\")", "label_replace(demo_num_cpus, \"\", \"\", \"src\", \"(.*)\")",
        "label_join(demo_num_cpus, \"new\", \"-\", \"instance\", \"job\")", "label_join(demo_num_cpus, \"job\", \"-\", \"absent\")",
        "absent(demo_num_cpus)", "absent(nonexistent{job=\"a\", instance=~\"b\"})", "absent_over_time(nonexistent{job=\"a\"}[5m])", "absent(sum(nonexistent))",
        .. Each("0.1", "0.5", "0.9", "0.99", "-1", "2").Select(static quantile => $"histogram_quantile({quantile}, rate({Bucket}[1m]))"),
        $"histogram_quantile(0.9, sum by(le, path) (rate({Bucket}[5m])))", $"histogram_quantile(0.9, {Memory})", $"histogram_quantile(0.5, {Bucket}{{le!=\"+Inf\"}})", $"histogram_quantile(0.9, nonexistent)",
        $"{Memory} offset 5m", $"{Memory} offset -5m", $"rate({Processor}[5m] offset 2m)", $"sum(rate({Processor}[5m])) / scalar(count(demo_num_cpus))",
        $"max_over_time(rate({Processor}[1m])[5m:1m])", $"avg_over_time(sum by(instance) ({Memory})[10m:40s] offset 1m)", "sum_over_time(vector(1)[5m:10s])", $"max_over_time((time() - max(demo_batch_last_success_timestamp_seconds))[5m:10s])", $"rate({Processor}[5m:20s])",
        "sum by(instance) (demo_num_cpus) == bool on(instance) sum by(instance) (demo_num_cpus)", $"sum({Memory}) by (type) > bool ignoring(type) group_left sum({Memory}) / 4",
        "demo_num_cpus[1m", "rate(demo_num_cpus)", "sum(demo_num_cpus[1m])", "demo_num_cpus + \"text\"", "demo_num_cpus[1m]", "nonexistent_function(demo_num_cpus)", "{__name__=~\".*\"}", "demo_num_cpus{instance=~\"(\"}",
    ];

    private static string[] Each(params string[] texts) => texts;
}
