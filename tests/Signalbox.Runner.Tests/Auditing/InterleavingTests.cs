using Signalbox.Runner.Auditing;
using Signalbox.Runner.Facts;
using Xunit;

namespace Signalbox.Runner.Tests.Auditing;

/// <summary>Facts of different files may come in any order between each other, and nothing that is told of a run may depend on it.</summary>
public sealed class InterleavingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EveryInterleavingOfTheFilesGivesTheSameRecords(bool policy)
    {
        for (var seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            var scene = Scene(random, policy);
            var files = scene.Facts.GroupBy(static fact => fact switch { AgentEvent => 0, PolicyDecided => 1, _ => 2 }).Select(static group => group.ToList()).ToList();
            var expected = Lines(scene, files.SelectMany(static file => file));
            for (var round = 0; round < 8; round++)
            {
                Assert.Equal(expected, Lines(scene, Interleave(files, random)));
            }
        }
    }

    private static string Lines(RunScene scene, IEnumerable<RunFact> facts)
    {
        var reading = scene.Read(facts);
        Assert.Equal(reading.Records.Select(static record => record.Id).Order(StringComparer.Ordinal), scene.Told.Select(static record => record.Id).Order(StringComparer.Ordinal));
        Assert.All(scene.Told, told => Assert.Equal(AuditLine.Text(told), AuditLine.Text(reading.Records.Single(record => record.Id == told.Id))));
        return string.Join('\n', reading.Records.Select(AuditLine.Text))
            + string.Join('\n', reading.Tools.Denials.Select(static denial => $"{denial.ToolUseId} {string.Join(',', denial.Signals)} {denial.Reason} {denial.Resource} {denial.PolicyId}"))
            + string.Join('\n', reading.Tools.Tools) + string.Join('\n', reading.Warnings) + reading.Totals + string.Join('\n', reading.Changes.Select(static change => $"{change.Path} {change.Attributed} {string.Join(',', change.ToolUseIds)}"));
    }

    private static IEnumerable<RunFact> Interleave(List<List<RunFact>> files, Random random)
    {
        var at = new int[files.Count];
        while (true)
        {
            var open = Enumerable.Range(0, files.Count).Where(index => at[index] < files[index].Count).ToList();
            if (open.Count == 0)
            {
                yield break;
            }

            var file = open[random.Next(open.Count)];
            yield return files[file][at[file]++];
        }
    }

    private static RunScene Scene(Random random, bool policy)
    {
        var scene = new RunScene(policy);
        string[] tools = ["Edit", "Write", "Bash", "Read", "mcp__github__merge_pull_request"];
        for (var step = 0; step < 25; step++)
        {
            var id = random.Next(8) == 0 ? string.Empty : $"t{random.Next(10)}";
            switch (random.Next(9))
            {
                case 0 or 1 or 2:
                    scene.Call(id, tools[random.Next(tools.Length)], $$"""{"file_path":"f{{random.Next(4)}}","content":"x","command":"git push origin b{{random.Next(3)}}"}""");
                    break;
                case 3 or 4:
                    scene.Return(id, random.Next(2) == 0, random.Next(3) == 0 ? "Permission to use Edit has been denied." : "some text");
                    break;
                case 5:
                    scene.Denied(id.Length == 0 ? null : id, tools[random.Next(tools.Length)]);
                    break;
                case 6 or 7:
                    scene.Decide($"t{random.Next(10)}", random.Next(2) == 0, $"p{random.Next(3)}", random.Next(4) > 0, "because");
                    break;
                default:
                    scene.Result(new DeniedCall(id.Length == 0 ? null : id, tools[random.Next(tools.Length)], null));
                    break;
            }
        }

        return scene.Changed([.. Enumerable.Range(0, 4).Where(_ => random.Next(2) == 0).Select(static number => new WorkTreeChange($"f{number}", "modified", 1, 1, 1, null))]);
    }
}
