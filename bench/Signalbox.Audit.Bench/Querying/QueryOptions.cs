using System.Globalization;

namespace Signalbox.Audit.Bench.Querying;

/// <summary>What the scenario <c>query</c> was asked for.</summary>
internal sealed record QueryOptions
{
    public int Events { get; init; } = 10_000_000;

    public string Store { get; init; } = "sqlite";

    public int Rounds { get; init; } = 200;

    public bool Plain { get; init; }

    /// <returns>Null for arguments that make no sense.</returns>
    public static QueryOptions? Parse(IReadOnlyList<string> args)
    {
        var options = new QueryOptions();
        for (var index = 0; index < args.Count; index++)
        {
            switch (args[index])
            {
                case "--plain":
                    options = options with { Plain = true };
                    break;
                case "--events" when Number(args, ++index) is { } events:
                    options = options with { Events = events };
                    break;
                case "--rounds" when Number(args, ++index) is { } rounds:
                    options = options with { Rounds = rounds };
                    break;
                case "--store" when args.ElementAtOrDefault(++index) is "sqlite" or "postgresql" or "mysql":
                    options = options with { Store = args[index] };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    private static int? Number(IReadOnlyList<string> args, int index) =>
        int.TryParse(args.ElementAtOrDefault(index), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
