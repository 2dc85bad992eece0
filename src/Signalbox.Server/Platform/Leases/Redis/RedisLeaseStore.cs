using StackExchange.Redis;

namespace Signalbox.Server.Platform.Leases.Redis;

/// <summary>Leases as keys of Redis that expire by themselves.</summary>
/// <remarks>
/// A Redis that forgets (a restart without its file, a failover before the replica had the key) forgets leases, too: two owners may then hold one name until the
/// first one's next renewal. Tokens grow nevertheless, so guarded writes stay safe.
/// All keys share a hash tag, so that a cluster keeps them on one node, where scripts need them.
/// </remarks>
internal sealed class RedisLeaseStore(LeaseOptions options, RedisConnection connection, EpochGate gate) : ILeaseStore
{
    private const int Attempts = 5;

    private readonly RedisKey _state = $"{{{options.Prefix}:locks}}:state";

    public string Kind => "redis";

    public Task StartAsync(CancellationToken cancellationToken) => connection.StartAsync();

    public async Task<long?> TakeAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var answer = (RedisResult[])await RunAsync(RedisScripts.Take, [Key(claim), _state], Owner(claim), claim.Milliseconds);
            if ((string)answer[0] == RedisScripts.Held)
            {
                return null;
            }

            if ((string)answer[0] == RedisScripts.EpochNeeded)
            {
                await BeginEpochAsync((string)answer[1], (long)answer[2], cancellationToken);
                continue;
            }

            var epoch = (long)answer[1];
            if (await gate.AcceptsAsync(Kind, epoch, cancellationToken))
            {
                return (epoch * LeaseEpochs.Size) + (long)answer[2];
            }

            await ReleaseAsync(claim, cancellationToken);
            await BeginEpochAsync(await RunIdAsync(), epoch, cancellationToken);
        }

        throw new IOException($"Redis was restarted or emptied again each of the {Attempts} times that a lease was asked for.");
    }

    public async Task<bool> RenewAsync(LeaseClaim claim, long token, CancellationToken cancellationToken) =>
        (long)await RunAsync(RedisScripts.Renew, [Key(claim)], Owner(claim), claim.Milliseconds) == 1;

    public Task ReleaseAsync(LeaseClaim claim, CancellationToken cancellationToken) => RunAsync(RedisScripts.Release, [Key(claim)], Owner(claim));

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task BeginEpochAsync(string run, long known, CancellationToken cancellationToken)
    {
        var epoch = await gate.AllocateAsync(Kind, known, cancellationToken);
        await RunAsync(RedisScripts.BeginEpoch, [_state], run, known, epoch);
    }

    private async Task<string> RunIdAsync() => (string)await RunAsync(RedisScripts.RunId, []);

    private Task<RedisResult> RunAsync(string script, RedisKey[] keys, params RedisValue[] values) =>
        connection.Database.ScriptEvaluateAsync(script, keys, values, CommandFlags.NoScriptCache | CommandFlags.DemandMaster);

    private RedisKey Key(LeaseClaim claim) => $"{{{options.Prefix}:locks}}:lease:{claim.Name}";

    private static RedisValue Owner(LeaseClaim claim) => claim.Owner.ToString("D");
}
