using System.Globalization;

namespace Signalbox.Server.Platform.Leases.Redis;

/// <summary>The steps that Redis runs whole, as Lua.</summary>
/// <remarks>Source: https://redis.io/docs/latest/develop/interact/programmability/eval-intro/ and https://redis.io/docs/latest/commands/set/</remarks>
internal static class RedisScripts
{
    public const string Held = "held";
    public const string Taken = "taken";
    public const string EpochNeeded = "epoch";

    /// <summary>KEYS: lease, state. ARGV: owner, milliseconds. Gives <c>{held}</c>, <c>{taken, epoch, count}</c>, or <c>{epoch, run, epoch known}</c> when tokens would not surely grow.</summary>
    /// <remarks>A count belongs to one run of one server: after a restart or a failover it may have come from an older copy.</remarks>
    public static readonly string Take = string.Create(CultureInfo.InvariantCulture, $$"""
        local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
        local state = redis.call('HMGET', KEYS[2], 'run', 'epoch', 'count')
        if state[1] ~= run or tonumber(state[3] or '0') >= {{LeaseEpochs.Size - 1}} then
            return {'{{EpochNeeded}}', run, tonumber(state[2] or '0')}
        end
        if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
            return {'{{Held}}'}
        end
        return {'{{Taken}}', tonumber(state[2]), redis.call('HINCRBY', KEYS[2], 'count', 1)}
        """);

    /// <summary>KEYS: state. ARGV: run, epoch known, epoch. Begins an epoch, unless somebody else has or it is another run by now.</summary>
    public const string BeginEpoch = """
        local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
        if run ~= ARGV[1] or (redis.call('HGET', KEYS[1], 'epoch') or '0') ~= ARGV[2] then
            return 0
        end
        redis.call('HSET', KEYS[1], 'run', run, 'epoch', ARGV[3], 'count', 0)
        return 1
        """;

    /// <summary>Gives the id that a server has from its start to its end.</summary>
    public const string RunId = "return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')";

    /// <summary>KEYS: lease. ARGV: owner, milliseconds. Gives 1 when the owner still holds it.</summary>
    public const string Renew = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then
            return 0
        end
        return redis.call('PEXPIRE', KEYS[1], ARGV[2])
        """;

    /// <summary>KEYS: lease. ARGV: owner.</summary>
    public const string Release = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then
            return 0
        end
        return redis.call('DEL', KEYS[1])
        """;
}
