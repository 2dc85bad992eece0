namespace Signalbox.PromQL.Tests.Scripting;

/// <summary>One command of a script.</summary>
internal abstract record ScriptCommand(int Line);

/// <summary>Forgets all series.</summary>
internal sealed record ClearCommand(int Line) : ScriptCommand(Line);

/// <summary>Adds samples, the i-th of each line at i times the gap.</summary>
internal sealed record LoadCommand(int Line, long Gap, bool WithCustomBuckets, IReadOnlyList<SeriesLine> Series) : ScriptCommand(Line);

/// <summary>A demand on warnings, infos or failure.</summary>
internal sealed record Expectation(string Kind, string? MatchKind, string Text);

/// <summary>Evaluates a query and compares.</summary>
internal sealed record EvalCommand(int Line, bool IsRange, long Start, long End, long Step, string Query) : ScriptCommand(Line)
{
    public List<SeriesLine> Series { get; } = [];

    public double? Scalar { get; set; }

    public string? Text { get; set; }

    public List<Expectation> Expectations { get; } = [];

    /// <summary>Set by <c>expect range vector</c>.</summary>
    public (long Start, long End, long Step)? RangeVector { get; set; }

    public bool Ordered => Expectations.Exists(static expectation => expectation.Kind == "ordered");

    public bool Fails => Expectations.Exists(static expectation => expectation.Kind == "fail");
}
