using System.Globalization;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Commands;

/// <summary>What becomes of commands when the server is killed and can do nothing more.</summary>
public sealed class ServerDeathTests
{
    private const int Commands = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("children", "sleep 300 & (sleep 300 & sleep 300) & touch $0.{n}; wait")]
    [InlineData("deaf", "trap '' HUP INT QUIT TERM PIPE; sleep 300 & touch $0.{n}; while :; do sleep 300; done")]
    [InlineData("nohup", "nohup sleep 300 >/dev/null 2>&1 & touch $0.{n}; wait")]
    [InlineData("asked", "trap 'touch $0.{n}' TERM; kill 0; while :; do sleep 300 & wait; done")]
    public async Task EveryCommandEndsWithAllItStarted(string name, string script)
    {
        using var folder = new TemporaryFolder();
        await using var server = Start(script, folder.File(name));
        var groups = await GroupsAsync(server, folder.File(name));

        server.Signal(9);

        foreach (var group in groups)
        {
            await ProcessTable.GroupEndsAsync(group, Token);
        }
    }

    [Fact]
    public async Task WhatLeftItsGroupEndsToo()
    {
        using var folder = new TemporaryFolder();
        var mark = folder.File("left");
        await using var server = Start("setsid sh -c 'echo $$ > $0.{n}.new; mv $0.{n}.new $0.{n}; setsid sleep 300 & sleep 300' $0 & wait", mark);
        var groups = await GroupsAsync(server, mark);
        groups.AddRange(Enumerable.Range(0, Commands).Select(number => int.Parse(File.ReadAllText($"{mark}.{number}"), CultureInfo.InvariantCulture)));

        server.Signal(9);

        foreach (var group in groups)
        {
            await ProcessTable.GroupEndsAsync(group, Token);
        }

        await Eventually.HoldsAsync("no process was left", () => Task.FromResult(ProcessTable.Marked(server.Id.ToString(CultureInfo.InvariantCulture)).Count == 0), Token);
    }

    private static ChildProcess Start(string script, string mark) => ChildProcess.Start(
        Path.Combine(AppContext.BaseDirectory, "Signalbox.Jobs.CommandHost"),
        [Commands.ToString(CultureInfo.InvariantCulture), script.Replace("$0", mark, StringComparison.Ordinal)]);

    /// <summary>Of the commands, once each has got as far as to leave its mark.</summary>
    private static async Task<List<int>> GroupsAsync(ChildProcess server, string mark)
    {
        var line = await server.WaitForLineAsync(" ", Token);
        await Eventually.HoldsAsync("all commands were on their way", () => Task.FromResult(Enumerable.Range(0, Commands).All(number => File.Exists($"{mark}.{number}"))), Token);
        var groups = line.Split(' ').Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        Assert.All(groups, static group => Assert.NotEmpty(ProcessTable.OfGroup(group)));
        return groups;
    }
}
