using System.Text;
using Signalbox.Server.Ingest.Families;
using Signalbox.Server.Ingest.Host;
using Signalbox.Server.Ingest.Self;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Host;

/// <summary>The kernel's texts are trusted little: whatever stands in them, the parsers leave out what they cannot read.</summary>
public sealed class HostParserFuzzTests
{
    private static readonly Action<string, FamilyList>[] Parsers =
    [
        CpuCollector.Parse,
        StatCollector.Parse,
        LoadCollector.Parse,
        MemoryCollector.Parse,
        DiskCollector.Parse,
        NetworkCollector.Parse,
        NetworkStatisticsCollector.ParsePairs,
        NetworkStatisticsCollector.ParseSix,
        VirtualMemoryCollector.Parse,
        SystemCollector.ParseRelease,
        SystemCollector.ParseOpenFiles,
        static (text, families) => PressureCollector.Parse("io", text, families),
        static (text, families) => SocketCollector.Parse(text, 4096, families),
        static (text, _) => FilesystemCollector.Parse(text),
        static (text, _) => ProcessFamilies.MaxOpenFiles(text),
    ];

    private static readonly string[] Words =
    [
        "cpu", "cpu0", "cpu99999999999999999999", ":", "-1", "18446744073709551616", "1e400", "NaN", "kB", "total=", "total=-", "some", "full", "\\", "\\040", "\\999", "=", "\"", "Tcp:", "eth0:", "\t", " ", "\n", "\n\n", "\0", "é", "/", "ro", "Max open files",
    ];

    [Fact]
    public void NoTextMakesAParserThrow()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 3000; round++)
        {
            var text = round % 3 == 0 ? RandomBytes(random) : RandomWords(random);
            foreach (var parser in Parsers)
            {
                var families = new FamilyList();
                parser(text, families);
                Assert.All(families.All.SelectMany(static family => family.Samples), static sample => Assert.True(double.IsFinite(sample.Value)));
            }
        }
    }

    private static string RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static string RandomWords(Random random)
    {
        var text = new StringBuilder();
        for (var word = random.Next(60); word > 0; word--)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(4) == 0 ? "" : " ");
        }

        return text.ToString();
    }
}
