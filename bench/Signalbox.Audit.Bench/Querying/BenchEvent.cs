using System.Globalization;
using System.Text;

namespace Signalbox.Audit.Bench.Querying;

/// <summary>A made-up event with a realistic spread of values, the same for the same number.</summary>
internal sealed record BenchEvent
{
    private const long Start = 1_760_000_000_000;

    /// <summary>Milliseconds from one event to the next on average: ten million fill 90 days.</summary>
    private const double Step = 777.6;

    private static readonly Zipf Actors = new(200);
    private static readonly Zipf Resources = new(20_000);
    private static readonly Zipf ActionsDrawn = new(30);
    private static readonly string[] Types = ["job", "token", "user", "release", "board", "order"];
    private static readonly string[] Verbs = ["create", "update", "delete", "run", "cancel"];
    private static readonly string[] Words = ["nightly", "backup", "restore", "import", "billing", "mail", "sync", "cleanup", "report", "index", "export", "probe"];

    public required long Number { get; init; }

    public required long TimeMs { get; init; }

    public required string Id { get; init; }

    public required int Actor { get; init; }

    public required string Action { get; init; }

    public required string Type { get; init; }

    public required int Resource { get; init; }

    public required string Outcome { get; init; }

    public required string Address { get; init; }

    public required string Trace { get; init; }

    public required string Request { get; init; }

    public required string Source { get; init; }

    public string ActorId => string.Create(CultureInfo.InvariantCulture, $"01J8Z0000000000000000{Actor:D5}");

    public string ActorName => string.Create(CultureInfo.InvariantCulture, $"person{Actor}");

    public string ResourceId => string.Create(CultureInfo.InvariantCulture, $"res-{Resource}");

    public string ResourceName => string.Create(CultureInfo.InvariantCulture, $"{Words[Resource % Words.Length]}-{Words[Resource / 12 % Words.Length]}-{Resource}");

    public static long TimeOf(long number) => Start + (long)(number * Step);

    public static BenchEvent Make(long number)
    {
        var random = new Random(unchecked((int)(number * 2654435761)));
        var action = ActionsDrawn.Draw(random);
        var percent = random.NextDouble() * 100;
        return new BenchEvent
        {
            Number = number,
            TimeMs = TimeOf(number),
            Id = string.Create(CultureInfo.InvariantCulture, $"{TimeOf(number) >> 16:x8}-{TimeOf(number) & 0xFFFF:x4}-7{random.Next(0x1000):x3}-8{random.Next(0x1000):x3}-{random.NextInt64(1L << 48):x12}"),
            Actor = Actors.Draw(random),
            Action = $"{Types[action % Types.Length]}.{Verbs[action / Types.Length]}",
            Type = Types[action % Types.Length],
            Resource = Resources.Draw(random),
            Outcome = percent < 1 ? "denied" : percent < 1.1 ? "failed" : "succeeded",
            Address = string.Create(CultureInfo.InvariantCulture, $"10.20.{random.Next(2000) / 250}.{random.Next(2000) % 250}"),
            Trace = string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}{random.NextInt64():x16}"),
            Request = string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}"),
            Source = random.Next(3) == 0 ? "console" : "api",
        };
    }

    public byte[] Body() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"action":"{{Action}}","actor":{"id":"{{ActorId}}","kind":"user","name":"{{ActorName}}"},"address":"{{Address}}","class":"standard","diff":[{"old":"0 3 * * *","op":"replace","path":"/schedule/cron","value":"{{Number % 60}} 4 * * *"},{"op":"add","path":"/labels/team","value":"team{{Actor % 17}}"}],"id":"{{Id}}","message":"Audit: {{ActorName}} {{Action}} {{Type}} {{ResourceName}}","outcome":"{{Outcome}}","peer":"10.0.0.1","requestId":"{{Request}}","resource":{"id":"{{ResourceId}}","name":"{{ResourceName}}","type":"{{Type}}"},"salt":"AAAAAAAAAAAAAAAAAAAAAA","source":"{{Source}}","tenant":"default","time":"2026-01-02T03:04:05.678Z","traceId":"{{Trace}}","userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0","v":1}
        """));
}
