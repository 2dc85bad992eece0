namespace Signalbox.PromQL;

/// <summary>A query that parses cannot be evaluated on this data, for example because matching is ambiguous.</summary>
public class PromQLExecutionException : Exception
{
    public PromQLExecutionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>A query needs more than a limit allows; the message names the limit.</summary>
public sealed class PromQLLimitException : PromQLExecutionException
{
    internal PromQLLimitException(string limit, string message)
        : base(message)
    {
        Limit = limit;
    }

    /// <summary>The option's name, such as <c>MaxSamples</c>.</summary>
    public string Limit { get; }
}

/// <summary>A query took longer than its timeout.</summary>
public sealed class PromQLTimeoutException : PromQLExecutionException
{
    internal PromQLTimeoutException(TimeSpan timeout)
        : base($"query timed out in expression evaluation: Timeout is {timeout.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture)} s")
    {
        Timeout = timeout;
    }

    public TimeSpan Timeout { get; }
}
