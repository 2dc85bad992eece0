namespace Signalbox.Server.Runs.Files;

/// <summary>The files that a run may upload, and what each is.</summary>
internal static class RunFileNames
{
    public const string Timeline = "timeline.jsonl";

    private const string Lines = "application/x-ndjson";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["audit.jsonl"] = Lines,
        ["log.jsonl"] = Lines,
        ["trace.json"] = "application/json",
        [Timeline] = Lines,
        ["samples.jsonl"] = Lines,
        ["summary.md"] = "text/markdown; charset=utf-8",
    };

    public static IEnumerable<string> All => Types.Keys;

    public static bool IsKnown(string name) => Types.ContainsKey(name);

    public static string ContentTypeOf(string name) => Types[name];
}
