namespace Signalbox.Telemetry;

/// <summary>Names the tenant that data belongs to; every store call takes one, so that no read can cross tenants.</summary>
/// <remarks>1–63 characters of <c>[a-z0-9-]</c>, starting with a letter.</remarks>
public readonly record struct TenantId
{
    private readonly string? _value;

    /// <exception cref="ArgumentException">The text is not a tenant name.</exception>
    public TenantId(string value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentException($"'{value}' is not a tenant name: 1–63 characters of a–z, 0–9 and '-', starting with a letter.", nameof(value));
        }

        _value = value;
    }

    public static TenantId Default { get; } = new("default");

    public string Value => _value ?? throw new InvalidOperationException("An uninitialised TenantId names no tenant.");

    public static bool IsValid(string? value) =>
        value is { Length: > 0 and <= 63 } && char.IsAsciiLetterLower(value[0]) && value.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public override string ToString() => Value;
}
