using Signalbox.Server.Jobs;
using Signalbox.Server.Jobs.History;
using Signalbox.Server.Jobs.Running.Output;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Tests.Platform.Control.Conformance;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Output;

/// <summary>What the table of output does on each database.</summary>
public abstract class OutputTableConformance : IAsyncLifetime
{
    private readonly SharedDatabases _databases;
    private readonly ControlEngine _engine;
    private ControlUnderTest? _place;
    private ControlDatabase _database = null!;

    private protected OutputTableConformance(SharedDatabases databases, ControlEngine engine)
    {
        _databases = databases;
        _engine = engine;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _place = await ControlUnderTest.CreateAsync(_databases, _engine, Token);
        _database = _place.Open(_place.Options, [new JobsMigrations()]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_place is not null)
        {
            await _place.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task HoldsWhatAWindowKeepsWhateverItsCharacters()
    {
        var table = new OutputTable(_database);
        var window = new OutputWindow("run", attempt: 12, limit: 8192);
        for (var step = 0; step < 300; step++)
        {
            window.Append(step % 2 == 0 ? OutputStream.Out : OutputStream.Err, $"line {step} grüße 語 😀 'quoted' \\ @x ?\r\n", step);
            if (step % 7 == 0 && window.Take() is { } change)
            {
                await table.WriteAsync([change], Token);
                window.Written(change);
            }
        }

        var last = window.Take()!;
        await table.WriteAsync([last], Token);
        window.Written(last);
        var rows = await RowsAsync("run");

        Assert.True(window.CutBytes > 0);
        Assert.StartsWith("line 0 grüße 語 😀 'quoted' \\ @x ?\r\n", rows[0].Text, StringComparison.Ordinal);
        Assert.Equal("line 299 grüße 語 😀 'quoted' \\ @x ?\r\n", rows[^1].Text);
        Assert.Equal(("err", 299L, 12), (rows[^1].Stream, rows[^1].AtMs, OutputSequence.AttemptOf(rows[^1].Seq)));
        Assert.Single(rows, row => row.Text == $"\n[{window.CutBytes} bytes left out here]\n");
    }

    [Fact]
    public async Task TakesAChangeAgainThatMayHaveArrived()
    {
        var table = new OutputTable(_database);
        var window = new OutputWindow("again", 1, 8192);
        window.Append(OutputStream.Out, "once", 1);
        await table.WriteAsync([window.Take()!], Token);
        window.NotWritten();
        window.Append(OutputStream.Out, " and more", 2);

        await table.WriteAsync([window.Take()!], Token);

        Assert.Equal("once and more", string.Concat((await RowsAsync("again")).Select(static row => row.Text)));
    }

    [Fact]
    public async Task WritesManyRunsAtOnce()
    {
        var changes = Enumerable.Range(0, 300).Select(static number =>
        {
            var window = new OutputWindow($"run-{number}", 1, 1 << 20);
            window.Append(OutputStream.Out, new string('x', 40_000), number);
            return window.Take()!;
        }).ToList();

        await new OutputTable(_database).WriteAsync(changes, Token);

        Assert.Equal(600, await _database.ReadAsync(static session => session.ValueAsync<long>("SELECT count(*) FROM job_output"), Token));
    }

    private Task<IReadOnlyList<Signalbox.Server.Jobs.History.OutputRow>> RowsAsync(string executionId) =>
        _database.ReadAsync(session => OutputQuery.ListAsync(session, executionId, -1, 10_000), Token);
}
