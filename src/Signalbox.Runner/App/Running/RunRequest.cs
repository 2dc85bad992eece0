using Signalbox.Runner.Configuration;

namespace Signalbox.Runner.App.Running;

/// <summary>A command that is to be run, and all that its run needs to know.</summary>
internal sealed record RunRequest
{
    /// <summary>Program and arguments, at least the program.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Whether it gets a terminal of its own.</summary>
    public bool HasTerminal { get; init; }

    public required RunnerOptions Options { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The working folder; absolute.</summary>
    public required string Folder { get; init; }

    public required RunConsole Console { get; init; }

    public required TimeProvider Clock { get; init; }
}

/// <summary>What the runner itself writes to.</summary>
/// <param name="Output">Stdout: the command's alone.</param>
/// <param name="Errors">Stderr: where the log goes.</param>
/// <param name="IsTerminal">Whether people read <paramref name="Errors"/>.</param>
internal sealed record RunConsole(Stream Output, TextWriter Errors, bool IsTerminal);
