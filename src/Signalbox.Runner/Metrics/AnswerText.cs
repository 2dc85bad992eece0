using System.Globalization;

namespace Signalbox.Runner.Metrics;

/// <summary>Tells what a receiver answered, in one line.</summary>
internal static class AnswerText
{
    private const int MaxLength = 300;

    public static async Task<string> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new char[MaxLength];
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var length = await reader.ReadBlockAsync(buffer, cancellationToken);
        var text = new string([.. buffer.Take(length).Select(static character => char.IsControl(character) ? ' ' : character)]).Trim();
        var status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();
        return text.Length == 0 ? status : $"{status}: {text}";
    }
}
