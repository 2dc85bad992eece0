using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Signalbox.Sdk.Logging;

/// <summary>Logs for one category.</summary>
internal sealed class LogLineLogger(string category, LogLineProvider provider) : ILogger
{
    private const string TemplateField = "{OriginalFormat}";

    /// <summary>The class that logs, in the manner of the line's other names: <c>ScrapeLoop</c> is <c>scrape_loop</c>.</summary>
    private readonly string _component = ComponentOf(category);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.Options.MinimumLevel && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || provider.Options.Ignore(category, eventId))
        {
            return;
        }

        var fields = new List<KeyValuePair<string, object?>>();
        provider.Scopes?.ForEachScope(static (scope, fields) => Gather(scope, fields), fields);
        Gather(state, fields);
        provider.Write(new LogEntry(
            provider.Options.Clock.GetUtcNow(),
            logLevel,
            _component,
            CallSite.Find(category),
            formatter(state, exception),
            Activity.Current,
            fields,
            exception));
    }

    internal static string ComponentOf(string category)
    {
        var name = category[(category.LastIndexOf('.') + 1)..];
        var text = new StringBuilder(name.Length + 4);
        for (var index = 0; index < name.Length; index++)
        {
            var startsWord = char.IsUpper(name[index]) && index > 0
                && (!char.IsUpper(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));
            if (startsWord && text[^1] != '_')
            {
                text.Append('_');
            }

            text.Append(char.IsLetterOrDigit(name[index]) ? char.ToLowerInvariant(name[index]) : '_');
        }

        return text.ToString();
    }

    private static void Gather(object? state, List<KeyValuePair<string, object?>> fields)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
        {
            return;
        }

        foreach (var value in values)
        {
            if (value.Key != TemplateField)
            {
                fields.RemoveAll(field => field.Key == value.Key);
                fields.Add(value);
            }
        }
    }
}
