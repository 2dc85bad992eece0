using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Jobs;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;

namespace Signalbox.Server.Tests.Jobs.Engine;

/// <summary>An engine on SQLite whose time a test moves: there the database's clock is the process's.</summary>
internal sealed class ClockedEngine : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ControlMetrics>().BuildServiceProvider();
    private readonly List<EngineNode> _nodes = [];

    public ClockedEngine(TimeProvider? clock = null)
    {
        _data = DataFolder.Open(_folder.File("data"));
        var error = ControlTarget.TryParse("sqlite", out var target);
        var options = error is null ? new ControlOptions(QueueLength: 1000, GroupSize: 500, Readers: 4) { Target = target }.Patient() : throw new InvalidOperationException(error);
        Database = ControlDatabase.Open(_data, [new JobsMigrations()], options, _services.GetRequiredService<ControlMetrics>(), clock ?? Clock);
        Tables = new JobTables(Database);
        Node = NewNode(clock: clock);
    }

    public FakeClock Clock { get; } = new();

    public ControlDatabase Database { get; }

    public JobTables Tables { get; }

    public EngineNode Node { get; }

    public EngineNode NewNode(EngineOptions? options = null, int slots = 100, TimeProvider? clock = null)
    {
        var node = new EngineNode(Database, clock ?? Clock, options, slots);
        _nodes.Add(node);
        return node;
    }

    /// <summary>The attempt of that number, counted from 1, once it has started.</summary>
    public static Task<FakeAttempt> StartedAsync(EngineNode node, int number, CancellationToken cancellationToken) =>
        Eventually.GetsAsync($"attempt {number} started", () => Task.FromResult(node.Runner.Attempts.ElementAtOrDefault(number - 1)), cancellationToken);

    /// <summary>Writes ends until so many have come out of the queue.</summary>
    public static Task WriteEndsAsync(EngineNode node, int count, CancellationToken cancellationToken)
    {
        var written = 0;
        return Eventually.HoldsAsync($"{count} ends were written", async () => (written += await node.Get<EndingWriter>().RunOnceAsync(cancellationToken)) >= count, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Database.DisposeAsync();
        _data.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
