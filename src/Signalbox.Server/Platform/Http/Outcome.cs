using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Signalbox.Server.Platform.Http;

/// <summary>What a use case led to: a value, or a refusal that the caller is told.</summary>
internal abstract record Outcome<T>
{
    private Outcome()
    {
    }

    internal sealed record Done(T Value) : Outcome<T>;

    internal sealed record Refused(Refusal Refusal) : Outcome<T>;

    public static implicit operator Outcome<T>(T value) => new Done(value);

    public static implicit operator Outcome<T>(Refusal refusal) => new Refused(refusal);

    /// <summary>The value, or the refusal as a problem.</summary>
    public Results<TResult, ProblemHttpResult> ToResult<TResult>(HttpContext context, Func<T, TResult> result)
        where TResult : IResult => this switch
        {
            Done { Value: var value } => result(value),
            Refused { Refusal: var refusal } => refusal.ToProblem(context),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
}

/// <summary>Why something was not done.</summary>
internal sealed record Refusal(int Status, string Code, string Title, string Detail)
{
    public IReadOnlyDictionary<string, object?>? More { get; init; }

    /// <summary>When trying again makes sense; null when it does not depend on time.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static Refusal NotFound(string code, string detail) => new(StatusCodes.Status404NotFound, code, "Not found", detail);

    public static Refusal Conflict(string code, string detail) => new(StatusCodes.Status409Conflict, code, "Conflict", detail);

    public static Refusal Forbidden(string code, string detail) => new(StatusCodes.Status403Forbidden, code, "Not allowed", detail);

    /// <summary>A member of the request has a value that is not allowed.</summary>
    public static Refusal Invalid(string member, string detail) => new(StatusCodes.Status400BadRequest, "invalid_member", "Bad request", detail)
    {
        More = new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal) { [member] = [detail] } },
    };

    public ProblemHttpResult ToProblem(HttpContext context)
    {
        if (RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return Problems.Of(Status, Code, Title, Detail, More);
    }
}
