using System.Text.RegularExpressions;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Scheduling.Tests.States;

public sealed partial class ExecutionStateMachineTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.File("docs", "states.md"));

    [Fact]
    public void TheDrawingShowsTheTransitionsOfTheTableAndNoOthers() =>
        Assert.Equal(Expected(), Arrow().Matches(Page).Select(static match => (match.Groups["from"].Value, match.Groups["event"].Value, match.Groups["to"].Value)).Order());

    [Fact]
    public void TheListShowsTheTransitionsOfTheTableAndNoOthers() =>
        Assert.Equal(Expected(), Row().Matches(Page).Skip(1).Select(static match => (match.Groups["from"].Value, match.Groups["event"].Value, match.Groups["to"].Value.Trim('*'))).Order());

    [Fact]
    public void TheDrawingEndsWhereNothingFollows()
    {
        var ends = End().Matches(Page).Select(static match => match.Groups["state"].Value).Order(StringComparer.Ordinal);

        Assert.Equal(Enum.GetValues<ExecutionState>().Where(ExecutionStateMachine.IsFinal).Select(WireNames.Format).Order(StringComparer.Ordinal), ends);
    }

    [Fact]
    public void EveryStateIsReachedAndEveryEventMovesSomething()
    {
        Assert.Equal(Enum.GetValues<ExecutionState>().Order(), ExecutionStateMachine.Table.Select(static move => move.To).OfType<ExecutionState>().Distinct().Order());
        Assert.Equal(Enum.GetValues<ExecutionEvent>().Order(), ExecutionStateMachine.Table.Select(static move => move.Event).Distinct().Order());
    }

    [Fact]
    public void OneEventInOneStateHasOneResult() =>
        Assert.Equal(ExecutionStateMachine.Table.Count, ExecutionStateMachine.Table.Select(static move => (move.From, move.Event)).Distinct().Count());

    [Fact]
    public void WhatTheTableDoesNotSayCannotHappen()
    {
        foreach (var from in Enum.GetValues<ExecutionState>())
        {
            foreach (var @event in Enum.GetValues<ExecutionEvent>())
            {
                var line = ExecutionStateMachine.Table.FirstOrDefault(move => move.From == from && move.Event == @event);
                Assert.Equal(line is not null, ExecutionStateMachine.TryMove(from, @event, out var to));
                Assert.Equal(line?.To, to);
            }
        }
    }

    private static IEnumerable<(string From, string Event, string To)> Expected() => ExecutionStateMachine.Table
        .Select(static move => (WireNames.Format(move.From), WireNames.Format(move.Event), move.To is { } to ? WireNames.Format(to) : "skipped"))
        .Order();

    [GeneratedRegex(@"^ +(?<from>[a-zA-Z]+) --> (?<to>[a-zA-Z]+): (?<event>[a-zA-Z]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^ +(?<state>[a-zA-Z]+) --> \[\*\]$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex End();

    [GeneratedRegex(@"^\| (?<from>[a-zA-Z]+) \| (?<event>[a-zA-Z]+) \| (?<to>[*a-zA-Z]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
