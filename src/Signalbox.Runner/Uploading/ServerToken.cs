namespace Signalbox.Runner.Uploading;

/// <summary>The token for the server, read when it is needed, so that one that was exchanged counts; it shows itself nowhere.</summary>
/// <param name="value">Wins over the file.</param>
internal sealed class ServerToken(string? value, string? file)
{
    public bool IsGiven => value is not null || file is not null;

    /// <returns>Null when none is given, or the file is empty.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public string? Read() => (value ?? (file is null ? null : File.ReadAllText(file))).AsSpan().Trim().ToString() is { Length: > 0 } token ? token : null;

    public override string ToString() => IsGiven ? "***" : string.Empty;
}
