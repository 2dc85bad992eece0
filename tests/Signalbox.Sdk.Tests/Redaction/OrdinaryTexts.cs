using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signalbox.Testing.Files;

namespace Signalbox.Sdk.Tests.Redaction;

/// <summary>Texts that hold no secret, or none worth hiding: the repository's own, and what logs are full of.</summary>
internal static class OrdinaryTexts
{
    private static readonly string[] Folders = ["docs", "src", "console/src"];
    private static readonly string[] Endings = [".md", ".cs", ".ts", ".tsx", ".css", ".json", ".csproj"];

    private static readonly string[] Words =
        "the a of and to in key token secret password access release run job server client session cookie header value policy count rotate expire author basic bearer scheme private public hash signed tokenised keyboard passage"
            .Split(' ');

    /// <summary>Each document of the repository.</summary>
    public static IEnumerable<string> Repository() =>
        Folders.SelectMany(static folder => Directory.EnumerateFiles(RepositoryRoot.File(folder), "*", SearchOption.AllDirectories))
            .Where(static file => Endings.Contains(Path.GetExtension(file), StringComparer.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);

    /// <summary>Lines of logs, of some of each kind, the same for the same seed.</summary>
    public static IEnumerable<string> Lines(int seed, int count)
    {
        var random = new Random(seed);
        for (var index = 0; index < count; index++)
        {
            yield return (index % 9) switch
            {
                0 => Prose(random, 24),
                1 => $"2026-03-04T05:06:07.{random.Next(1000):000}Z info scheduler: fired job={Prose(random, 1)} run={Uuid(random)} after {random.Next(900)}ms",
                2 => $"commit {Hex(random, 20)} Author: Ann Example <ann@example.org> tree {Hex(random, 20)}",
                3 => $"sha256:{Hex(random, 32)}  artifacts/{Prose(random, 1)}-{random.Next(99)}.tar.gz",
                4 => $"data:image/png;base64,{Convert.ToBase64String(Bytes(random, 120))}",
                5 => $"   at Shop.Orders.TokenStore.RefreshAsync(String key, CancellationToken cancellationToken) in /src/Orders/TokenStore.cs:line {random.Next(400)}",
                6 => $"GET /api/v1/items/{Uuid(random)}?page={random.Next(50)}&sort=name HTTP/1.1 200 {random.Next(9999)} \"Mozilla/5.0 (X11; Linux x86_64)\" {random.Next(255)}.{random.Next(255)}.0.{random.Next(255)}",
                7 => $$"""{"level":"info","msg":"{{Prose(random, 6)}}","trace_id":"{{Hex(random, 16)}}","span_id":"{{Hex(random, 8)}}","tokenCount":{{random.Next(9000)}},"secretsScanned":{{random.Next(9)}},"passwordPolicy":"strict"}""",
                _ => string.Create(CultureInfo.InvariantCulture, $"node_load1{{instance=\"host-{random.Next(99)}:9100\",job=\"node\"}} {random.NextDouble():F3} {1_760_000_000 + random.Next(9_000_000)}"),
            };
        }
    }

    private static string Prose(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));

    private static string Uuid(Random random) => new Guid(Bytes(random, 16)).ToString();

    private static string Hex(Random random, int bytes) => Convert.ToHexStringLower(SHA256.HashData(Bytes(random, 8)).AsSpan(0, bytes));

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
