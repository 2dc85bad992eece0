namespace Signalbox.Runner.Auditing.Shell;

/// <summary>A program that a command line runs, with its arguments.</summary>
/// <param name="Program">Its name without folder.</param>
internal sealed record ShellCommand(string Program, IReadOnlyList<ShellWord> Arguments);
