namespace Signalbox.Server.Jobs;

/// <summary>Why an execution or an attempt did not succeed, as the API shows it.</summary>
/// <param name="Type">For programs: an exception's type, <c>exit_code</c>, <c>http_status</c>, <c>timeout</c>, <c>lost</c> …</param>
/// <param name="Message">For people.</param>
/// <param name="Stack">Of a handler's exception; null otherwise.</param>
internal sealed record ExecutionError(string Type, string Message, string? Stack);
