using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Signalbox.Runner.Uploading;

/// <summary>What the server said to one request, once it was asked often enough.</summary>
/// <param name="Body">Empty when there was no answer at all.</param>
/// <param name="Failure">What went wrong, in one line; null for success.</param>
internal sealed record ServerAnswer(HttpStatusCode? Status, byte[] Body, string? Failure)
{
    private const int MostWords = 500;

    public bool IsSuccess => Failure is null;

    /// <summary>Nothing is wrong with the run, only with the way to the server, its address or the token: it can be sent later.</summary>
    public bool MaySucceedLater => Status is null or >= HttpStatusCode.InternalServerError
        or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (>= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest);

    public ProblemAnswer? Problem => Failure is null ? null : Read(UploadJson.Default.ProblemAnswer);

    /// <returns>Null when the body is nothing of the kind.</returns>
    public T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Tells a refusal in the server's own words.</summary>
    public static string FailureOf(HttpStatusCode status, byte[] body)
    {
        var problem = new ServerAnswer(status, body, string.Empty).Read(UploadJson.Default.ProblemAnswer);
        var words = problem?.Detail ?? problem?.Title ?? status.ToString();
        var code = problem?.Code is { } known ? $", {known}" : string.Empty;
        var plain = new string([.. words.Take(MostWords).Select(static letter => char.IsControl(letter) ? ' ' : letter)]);
        return string.Create(CultureInfo.InvariantCulture, $"{plain} ({(int)status}{code})");
    }
}
