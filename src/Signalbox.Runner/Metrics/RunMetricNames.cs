namespace Signalbox.Runner.Metrics;

/// <summary>Names and help of all metrics of a run: first those that users' boards already know, then our own in the same style.</summary>
/// <remarks><see cref="Goroutines"/> and <see cref="CpuPercent"/> differ from Prometheus's conventions; they are given and stay.</remarks>
internal static class RunMetricNames
{
    public const string Duration = "cicd_ai_duration_seconds";
    public const string TokenUsage = "cicd_ai_token_usage_total";
    public const string CacheHits = "cicd_ai_cache_hits_total";
    public const string RiskScore = "cicd_ai_risk_score";
    public const string MemoryAlloc = "cicd_ai_memory_alloc_bytes";
    public const string MemorySys = "cicd_ai_memory_sys_bytes";
    public const string MemoryLimit = "cicd_ai_memory_limit_bytes";
    public const string Goroutines = "cicd_ai_goroutines_count";
    public const string GcCount = "cicd_ai_gc_count_total";
    public const string CpuPercent = "cicd_ai_cpu_percent";

    public const string Cost = "cicd_ai_cost_usd_total";
    public const string TokenDifference = "cicd_ai_token_difference";
    public const string UsageAgrees = "cicd_ai_usage_agrees";
    public const string AuditRecords = "cicd_ai_audit_records_total";
    public const string Denials = "cicd_ai_denials_total";
    public const string UnattributedWrites = "cicd_ai_unattributed_writes_total";
    public const string ToolCalls = "cicd_ai_tool_calls_total";
    public const string ChangedFiles = "cicd_ai_changed_files";
    public const string Turns = "cicd_ai_turns_total";
    public const string TreeMemory = "cicd_ai_tree_memory_bytes";
    public const string TreeMemoryPeak = "cicd_ai_tree_memory_peak_bytes";
    public const string CpuSeconds = "cicd_ai_cpu_seconds_total";
    public const string OomKills = "cicd_ai_oom_kills_total";
    public const string ExitCode = "cicd_ai_exit_code";
    public const string RunInfo = "cicd_ai_run_info";
    public const string LastRun = "cicd_ai_last_run_timestamp_seconds";
    public const string LastSuccess = "cicd_ai_last_success_timestamp_seconds";
    public const string StreamLines = "cicd_ai_stream_lines_total";
    public const string UnknownEvents = "cicd_ai_stream_unknown_events_total";
    public const string BrokenLines = "cicd_ai_stream_broken_lines_total";
    public const string OversizedLines = "cicd_ai_stream_oversized_lines_total";
    public const string Dropped = "cicd_ai_dropped_total";

    public const string GoroutinesHelp =
        "Live threads of the runner plus queued work items of its .NET thread pool, which stand for goroutines: .NET has none.";

    public const string MemoryAllocHelp = "Bytes in use on the managed heap of the runner itself; the command's memory is in cicd_ai_tree_memory_bytes.";
    public const string MemorySysHelp = "Bytes that the managed heap of the runner itself has from the system.";
    public const string MemoryLimitHelp = "Configured limit of the memory of runner and process tree together; 0 is none.";
    public const string GcCountHelp = "Collections of the runner's managed heap.";
    public const string CpuPercentHelp = "Processor time of runner and process tree in the latest interval; 100 is one core.";
    public const string DurationHelp = "Time from the start of the run to its end, or until now.";
    public const string TokenUsageHelp = "Tokens by model and type: input, output, cache_read, cache_creation; each message counted once.";
    public const string CacheHitsHelp = "Messages of a model that read from its cache; the tokens are in cicd_ai_token_usage_total{type=\"cache_read\"}.";
    public const string RiskScoreHelp = "Risk of what was touched, 0 to 100, by the configured weights.";
}
