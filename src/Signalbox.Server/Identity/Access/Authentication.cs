namespace Signalbox.Server.Identity.Access;

/// <summary>What looking at a request's credentials led to.</summary>
internal abstract record Authentication
{
    private Authentication()
    {
    }

    /// <summary>The caller is known.</summary>
    internal sealed record Known(Caller Caller) : Authentication;

    /// <summary>The request is refused, with a problem.</summary>
    internal sealed record Refused(int Status, string Code, string Title, string Detail) : Authentication;

    public static Refused Unknown(string code, string detail) => new(StatusCodes.Status401Unauthorized, code, "Not signed in", detail);

    public static Refused Forbidden(string code, string detail) => new(StatusCodes.Status403Forbidden, code, "Not allowed", detail);
}
