namespace Signalbox.Server.Query.Shell;

/// <summary>What was typed; texts are read when the request is made.</summary>
internal sealed record QueryAsked(string Expression, string? Time, string? Start, string? End, string? Range, string? Step, string? Timeout)
{
    public bool IsRange => Start is not null || Range is not null;
}

/// <summary>An option's text is not what the option takes; the message is the sentence its user reads.</summary>
internal sealed class QueryUsageException(string message) : Exception(message);

/// <summary>What <c>signalbox query</c> exits with; the program's common codes.</summary>
internal static class ShellExit
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUse = 2;
}
