namespace Signalbox.Runner.Auditing.Shell;

/// <summary>A word of a shell's command line, without its quotes.</summary>
/// <param name="Text">What the shell would hand on, where that can be known from the text alone; what it would put in stands as it was written.</param>
/// <param name="IsCertain">Whether nothing is put in by the shell: no variable, no command substitution.</param>
internal readonly record struct ShellWord(string Text, bool IsCertain);
