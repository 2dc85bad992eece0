using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Events;

/// <summary>What is wrong with reported events, member by member; bounded, since a thousand events may all be wrong in the same way.</summary>
internal sealed class ReportErrors
{
    private const int Most = 50;

    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    /// <param name="path">Such as <c>events[3].resource.type</c>.</param>
    /// <param name="message">A sentence that says what is allowed.</param>
    public void Add(string path, string message)
    {
        if (_errors.Count < Most)
        {
            _errors.TryAdd(path, [message]);
        }
    }

    public Refusal ToRefusal()
    {
        var (path, messages) = _errors.First();
        return new Refusal(StatusCodes.Status400BadRequest, "invalid_member", "Bad request", $"{path}: {messages[0]} Nothing of this request was recorded.")
        {
            More = new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = _errors },
        };
    }
}
