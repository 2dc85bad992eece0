using Signalbox.Server.Jobs;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Tests.Platform.Control.Conformance;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine.Conformance;

/// <summary>The place of every suite that the engine has to pass on each database: two instances on one database.</summary>
public abstract class EngineConformance : IAsyncLifetime
{
    private readonly SharedDatabases _databases;
    private readonly ControlEngine _engine;
    private readonly List<EngineNode> _nodes = [];
    private ControlUnderTest? _place;

    private protected EngineConformance(SharedDatabases databases, ControlEngine engine)
    {
        _databases = databases;
        _engine = engine;
    }

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected JobTables Tables { get; private set; } = null!;

    private protected EngineNode Node { get; private set; } = null!;

    /// <summary>Another instance; on SQLite on the same connection, because one process owns the file.</summary>
    private protected EngineNode Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _place = await ControlUnderTest.CreateAsync(_databases, _engine, Cancel);
        var database = _place.Open(_place.Options, [new JobsMigrations()]);
        Tables = new JobTables(database);
        Node = NewNode(database);
        Other = NewNode(_engine == ControlEngine.Sqlite ? database : _place.Open(_place.Options, [new JobsMigrations()]));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        if (_place is not null)
        {
            await _place.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected EngineNode NewNode(ControlDatabase database, EngineOptions? options = null, int slots = 100)
    {
        var node = new EngineNode(database, TimeProvider.System, options, slots);
        _nodes.Add(node);
        return node;
    }
}
