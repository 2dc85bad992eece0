using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Testing.Runs;

/// <summary>Makes reports of runs as cicd-runner writes them.</summary>
public static class RunReports
{
    public const string Trace = "0af7651916cd43dd8448eb211c80319c";

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"20260722T101500Z-{number:x8}");

    /// <summary>A small report that holds everything it must.</summary>
    public static JsonObject Small(int number, DateTimeOffset startedAt) => new()
    {
        ["schema"] = 1,
        ["id"] = IdOf(number),
        ["revision"] = 1,
        ["state"] = "finished",
        ["traceId"] = Trace,
        ["spanId"] = "b7ad6b7169203331",
        ["startedAt"] = Time(startedAt),
        ["finishedAt"] = Time(startedAt.AddSeconds(90)),
        ["durationSeconds"] = 90,
        ["command"] = new JsonArray("make", "test"),
        ["ci"] = new JsonObject { ["platform"] = "shell" },
        ["outcome"] = new JsonObject { ["reason"] = "completed", ["exitCode"] = 0, ["exitSource"] = "command" },
    };

    /// <summary>Announces a file in a report.</summary>
    public static JsonObject WithFile(this JsonObject report, string name, byte[] content)
    {
        var files = report["files"]?.AsArray() ?? [];
        report["files"] = files;
        files.Add(new JsonObject { ["name"] = name, ["size"] = content.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)) });
        return report;
    }

    /// <summary>Lines of a time line, numbered from 0.</summary>
    public static byte[] Timeline(int entries, Func<int, string> kind)
    {
        var text = new StringBuilder();
        for (var index = 0; index < entries; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""{"at":"2026-07-22T10:15:00.000Z","line":{{index}},"kind":"{{kind(index)}}","title":"Entry {{index}}"}""").Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
