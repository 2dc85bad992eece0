using Npgsql;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Testing.Tests.Services;

public sealed class ServiceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARealPostgreSqlAnswers()
    {
        await using var server = await PostgreSqlProcess.StartAsync(Cancelled);
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand("SELECT 6 * 7", connection);

        Assert.Equal(42, await command.ExecuteScalarAsync(Cancelled));
    }

    [Fact]
    public async Task ARealPrometheusAnswers()
    {
        await using var server = await PrometheusProcess.StartAsync("global: {scrape_interval: 1s}\n", Cancelled);
        using var client = new HttpClient { BaseAddress = server.Address };

        Assert.Contains("\"2\"", await client.GetStringAsync("api/v1/query?query=1%2B1", Cancelled), StringComparison.Ordinal);
    }
}
