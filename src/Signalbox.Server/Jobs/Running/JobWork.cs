namespace Signalbox.Server.Jobs.Running;

/// <summary>What a job does: one of <see cref="CommandWork"/>, <see cref="HttpWork"/> and <see cref="HandlerWork"/>.</summary>
internal abstract record JobWork
{
    private protected JobWork()
    {
    }

    /// <summary>The name on the wire and in the database: <c>command</c>, <c>http</c> or <c>handler</c>.</summary>
    public abstract string Kind { get; }
}

/// <summary>A program started on this machine, in a process group of its own.</summary>
internal sealed record CommandWork : JobWork
{
    public override string Kind => "command";

    public required string File { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Null for the data folder's <c>jobs-work</c>.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Beside the allowed variables of the server's own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Bytes of output kept; null for the server's default.</summary>
    public long? OutputLimit { get; init; }
}

/// <summary>One HTTP request.</summary>
internal sealed record HttpWork : JobWork
{
    public override string Kind => "http";

    public required string Method { get; init; }

    public required Uri Url { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? Body { get; init; }

    /// <summary>Such as <c>2xx</c>, <c>204</c>; whatever else answers is a failure.</summary>
    public IReadOnlyList<string> ExpectStatus { get; init; } = ["2xx"];

    public bool Sign { get; init; } = true;
}

/// <summary>A C# handler registered under a name.</summary>
internal sealed record HandlerWork : JobWork
{
    public override string Kind => "handler";

    public required string Name { get; init; }

    /// <summary>JSON; null for a handler without arguments.</summary>
    public string? Arguments { get; init; }
}
