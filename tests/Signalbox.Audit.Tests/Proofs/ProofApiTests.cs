using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Signalbox.Audit.Tests.Api;
using Signalbox.Audit.Tests.Events;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Notes;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Proofs;

public sealed class ProofApiTests(SharedDatabases databases)
{
    private const string Audit = "/api/v1/audit";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("mysql")]
    public async Task WhatAServerProvesIsRightByAnyVerifier(string engine)
    {
        var control = engine switch { "postgres" => await databases.NewPostgreSqlAsync(Cancel), "mysql" => await databases.NewMariaDbAsync(Cancel), _ => null };
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = control });
        using var client = server.Client(server.AdminToken);
        await ReportAsync(client, 600);
        var size = await SizeAsync(client);
        foreach (var sequence in new[] { 0, 1, 255, 256, 511, 512, size - 1 })
        {
            var proof = await client.GetJsonAsync($"{Audit}/proof/inclusion?sequence={sequence}&size={size}");
            var entry = await client.GetByteArrayAsync($"{Audit}/events/{sequence}/entry", Cancel);
            var leaf = SHA256.HashData([0, .. entry]);
            var root = Hash(proof["rootHash"]);
            Assert.Equal(leaf, Hash(proof["leafHash"]));
            Assert.True(InclusionProof.Verify(sequence, size, leaf, Hashes(proof), root));
            Assert.Equal(root, IndependentRoot(sequence, size, leaf, Hashes(proof)));
        }

        foreach (var from in new[] { 1L, 2, 255, 256, 257, size - 1, size })
        {
            var proof = await client.GetJsonAsync($"{Audit}/proof/consistency?from={from}&to={size}");
            Assert.True(ConsistencyProof.Verify(from, size, Hashes(proof), Hash(proof["fromRootHash"]), Hash(proof["toRootHash"])));
        }
    }

    [Fact]
    public async Task TheCheckpointIsSignedByAKeyThatIsListed()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await ReportAsync(client, 3);
        using var response = await client.GetAsync($"{Audit}/checkpoint", Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        var keys = await client.GetJsonAsync($"{Audit}/keys");

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        var note = SignedNote.Parse(text);
        Assert.Single(note.Verify([VerifierKey.Parse((string)keys["items"]![0]!["verifierKey"]!)]));
        var checkpoint = Checkpoint.Parse(note.Text);
        Assert.Equal((string?)keys["origin"], checkpoint.Origin);
        var proof = await client.GetJsonAsync($"{Audit}/proof/inclusion?sequence=0&size={checkpoint.Size}");
        Assert.Equal(Convert.ToBase64String(checkpoint.Root), (string?)proof["rootHash"]);
    }

    [Fact]
    public async Task TilesAndBundlesAreWhatTheTreeIsMadeOf()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await ReportAsync(client, 600);
        var size = await SizeAsync(client);
        var edge = (int)(size - 512);

        var (full, cache) = await BytesAsync(client, $"{Audit}/tile/0/001");
        Assert.Equal(256 * 32, full.Length);
        Assert.Equal((true, TimeSpan.FromDays(365)), (cache?.Private, cache?.MaxAge));
        Assert.Contains(cache!.Extensions, static extension => extension.Name == "immutable");
        var (partial, partialCache) = await BytesAsync(client, $"{Audit}/tile/0/002.p/{edge.ToString(CultureInfo.InvariantCulture)}");
        Assert.Equal(edge * 32, partial.Length);
        Assert.Equal((true, TimeSpan.FromMinutes(1)), (partialCache?.Private, partialCache?.MaxAge));
        var (above, _) = await BytesAsync(client, $"{Audit}/tile/1/000.p/2");
        Assert.Equal(MerkleTree.SubtreeRoot(full), above.AsSpan(32, 32).ToArray());

        var (bundle, bundleCache) = await BytesAsync(client, $"{Audit}/tile/entries/001");
        Assert.True(bundleCache?.NoStore, "What is deleted when its retention is over must not stay in a cache.");
        var at = 0;
        for (var index = 0; index < 256; index++)
        {
            var length = (bundle[at] << 8) | bundle[at + 1];
            Assert.Equal(full.AsSpan(index * 32, 32).ToArray(), SHA256.HashData([0, .. bundle.AsSpan(at + 2, length)]));
            at += 2 + length;
        }

        Assert.Equal(bundle.Length, at);
        await BytesAsync(client, $"{Audit}/tile/entries/002.p/1");
    }

    [Theory]
    [InlineData("tile/0/003")]
    [InlineData("tile/0/002")]
    [InlineData("tile/0/002.p/255")]
    [InlineData("tile/0/2")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/9/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/0/../../keys/000")]
    [InlineData("tile/entries/003")]
    [InlineData("tile/entries/abc")]
    [InlineData("tile/entries/000.p/x")]
    public async Task HasNoOtherTiles(string path)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await ReportAsync(client, 600);

        using var response = await client.GetAsync($"{Audit}/{path}", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Null(response.Headers.CacheControl?.MaxAge);
    }

    [Theory]
    [InlineData("inclusion", 400, "invalid_member")]
    [InlineData("inclusion?sequence=0&id=x", 400, "invalid_member")]
    [InlineData("inclusion?sequence=-1", 404, "event_not_found")]
    [InlineData("inclusion?sequence=999999", 404, "event_not_found")]
    [InlineData("inclusion?sequence=x", 400, "invalid_member")]
    [InlineData("inclusion?id=abc", 404, "event_not_found")]
    [InlineData("inclusion?sequence=0&size=0", 400, "invalid_member")]
    [InlineData("inclusion?sequence=0&size=999999", 400, "invalid_member")]
    [InlineData("consistency", 400, "invalid_member")]
    [InlineData("consistency?from=-1", 400, "invalid_member")]
    [InlineData("consistency?from=2&to=1", 400, "invalid_member")]
    [InlineData("consistency?from=1&to=999999", 400, "invalid_member")]
    public async Task SaysWhatCannotBeProved(string query, int status, string code)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await ReportAsync(client, 3);

        Assert.Equal(code, (string?)(await client.GetJsonAsync($"{Audit}/proof/{query}", (HttpStatusCode)status))["code"]);
    }

    [Fact]
    public async Task ATenantWithoutRecordsHasNoCheckpoint()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        await admin.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"other"}""", HttpStatusCode.Created);
        admin.DefaultRequestHeaders.Add("X-Scope-OrgID", "other");

        Assert.Equal("audit_log_empty", (string?)(await admin.GetJsonAsync($"{Audit}/checkpoint", HttpStatusCode.NotFound))["code"]);
        Assert.Equal("audit_log_empty", (string?)(await admin.GetJsonAsync($"{Audit}/proof/consistency?from=0", HttpStatusCode.NotFound))["code"]);
        Assert.EndsWith("/other", (string?)(await admin.GetJsonAsync($"{Audit}/keys"))["origin"], StringComparison.Ordinal);
    }

    /// <summary>RFC 6962's recursion, read from the top, which shares nothing with the product's loop.</summary>
    private static byte[] IndependentRoot(long index, long size, byte[] leaf, ReadOnlySpan<byte[]> path)
    {
        if (size == 1)
        {
            return leaf;
        }

        var left = 1L;
        while (left * 2 < size)
        {
            left *= 2;
        }

        var rest = path[..^1];
        return index < left
            ? SHA256.HashData([1, .. IndependentRoot(index, left, leaf, rest), .. path[^1]])
            : SHA256.HashData([1, .. path[^1], .. IndependentRoot(index - left, size - left, leaf, rest)]);
    }

    private static async Task ReportAsync(HttpClient client, int count)
    {
        await client.JsonAsync(HttpMethod.Post, $"{Audit}/events", ReportBodies.Runs(count));
    }

    private static async Task<long> SizeAsync(HttpClient client) => Checkpoint.Parse(SignedNote.Parse(await client.GetStringAsync($"{Audit}/checkpoint", Cancel)).Text).Size;

    private static async Task<(byte[] Bytes, CacheControlHeaderValue? Cache)> BytesAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancel);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return (await response.Content.ReadAsByteArrayAsync(Cancel), response.Headers.CacheControl);
    }

    private static byte[] Hash(JsonNode? text) => Convert.FromBase64String((string)text!);

    private static byte[][] Hashes(JsonNode proof) => [.. proof["hashes"]!.AsArray().Select(Hash)];
}
