using System.Globalization;

namespace Signalbox.Audit.Bench.Writing;

/// <summary>What to measure of the writing of the log.</summary>
internal sealed record WritingOptions
{
    public IReadOnlyList<string> Stores { get; private init; } = ["sqlite", "postgresql"];

    public int Events { get; private init; } = 200_000;

    public TimeSpan Time { get; private init; } = TimeSpan.FromSeconds(5);

    public int Requests { get; private init; } = 20_000;

    /// <returns>Null when the arguments make no sense.</returns>
    public static WritingOptions? Parse(string[] args)
    {
        var options = new WritingOptions();
        for (var index = 0; index < args.Length; index += 2)
        {
            var value = args.ElementAtOrDefault(index + 1);
            if (args[index] == "--store" && value is not null && options.Stores.Contains(value, StringComparer.Ordinal))
            {
                options = options with { Stores = [value] };
                continue;
            }

            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                return null;
            }

            switch (args[index])
            {
                case "--events":
                    options = options with { Events = number };
                    break;
                case "--seconds":
                    options = options with { Time = TimeSpan.FromSeconds(number) };
                    break;
                case "--requests":
                    options = options with { Requests = number };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
