using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signalbox.Sdk.Redaction;

/// <summary>Erases secrets from texts and JSON trees and leaves a marker in their place.</summary>
/// <remarks>
/// Immutable and thread-safe; expressions are built when they are first needed, so make one and keep it. What holds no secret comes back as the very instance that was given.
/// A result is stable: redacting it again changes nothing. It fails closed: a text whose patterns take too long is erased whole.
/// </remarks>
/// <example><code>var clean = Redactor.Default.Redact("Authorization: Bearer " + token);</code></example>
public sealed class Redactor
{
    /// <summary>After so many rounds a text that still changes is erased whole; each round makes it poorer in text, so this does not happen by itself.</summary>
    private const int MaxRounds = 8;

    private const string TimeoutRule = "timeout";

    private static readonly Lazy<Redactor> Shared = new(static () => new Redactor(new RedactionOptions()));

    private readonly TextScanner _scanner;
    private readonly byte[] _key;
    private long _erased;
    private long _timeouts;

    /// <exception cref="RedactionRuleException">A rule or a pointer pattern of the options cannot be used.</exception>
    /// <exception cref="ArgumentException">A bound or the key is out of range.</exception>
    public Redactor(RedactionOptions options)
    {
        Options = options;
        _key = options.Key.ToArray();
        _scanner = new TextScanner(RuleSet.Compile(options), options);
        Names = new MemberNames(options.MaskedNames, options.AllowedNames);
        Masks = [.. options.Masks.Select(static pattern => new PointerPattern(pattern))];
        AllowPaths = [.. options.AllowPaths.Select(static pattern => new PointerPattern(pattern))];
    }

    private Redactor(Redactor other, ReadOnlyMemory<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, RuleSet.MinKeyLength);
        Options = other.Options with { Key = key };
        _key = key.ToArray();
        _scanner = other._scanner;
        Names = other.Names;
        Masks = other.Masks;
        AllowPaths = other.AllowPaths;
    }

    /// <summary>All built-in rules and a key of this process.</summary>
    public static Redactor Default => Shared.Value;

    /// <summary>Places erased so far.</summary>
    public long Erased => Interlocked.Read(ref _erased);

    /// <summary>Texts erased whole because a pattern took longer than <see cref="RedactionOptions.MatchTimeout"/>.</summary>
    public long Timeouts => Interlocked.Read(ref _timeouts);

    internal RedactionOptions Options { get; }

    internal MemberNames Names { get; }

    internal IReadOnlyList<PointerPattern> Masks { get; }

    internal IReadOnlyList<PointerPattern> AllowPaths { get; }

    /// <summary>A redactor of the same rules, built only once, whose tags are made with another key; for programs that learn their key later than they need to redact.</summary>
    /// <param name="key">At least 16 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The key is too short.</exception>
    public Redactor WithKey(ReadOnlyMemory<byte> key) => new(this, key);

    /// <returns>The same instance when it holds no secret.</returns>
    public string Redact(string text) => Redact(text, null, null);

    /// <summary>As <see cref="Redact(string)"/>, with the places.</summary>
    public RedactionResult Scan(string text)
    {
        var places = new List<RedactedPlace>();
        return new RedactionResult(Redact(text, null, places), places);
    }

    /// <summary>Whether a text holds a secret; nothing is copied unless it does.</summary>
    public bool HoldsSecret(ReadOnlySpan<char> text)
    {
        try
        {
            return _scanner.Find(text, null) is not null;
        }
        catch (RegexMatchTimeoutException)
        {
            Interlocked.Increment(ref _timeouts);
            RedactionMeter.TimedOut();
            return true;
        }
    }

    /// <summary>Redacts UTF-8 text; what holds no keyword of any rule is not even decoded.</summary>
    /// <returns>The same memory when it holds no secret. Bytes that are not UTF-8 become U+FFFD when something else is erased.</returns>
    public ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> utf8)
    {
        if (!_scanner.ScansEverything && !_scanner.Keywords.MayOccur(utf8.Span))
        {
            return utf8;
        }

        var text = Encoding.UTF8.GetString(utf8.Span);
        var redacted = Redact(text);
        return ReferenceEquals(text, redacted) ? utf8 : Encoding.UTF8.GetBytes(redacted);
    }

    /// <summary>Redacts the value of something that has a name: a header, a variable, a field of a log line. Names that hold secrets have their values erased whole.</summary>
    /// <returns>The same instance when it holds no secret.</returns>
    public string RedactNamed(string name, string value) => RedactNamed(name, value, null, null);

    /// <summary>Redacts texts, names of members, and members whose names or pointers say that they hold secrets.</summary>
    /// <returns>The same instance when nothing was erased, otherwise a copy; the tree that was given is not changed.</returns>
    public JsonNode? Redact(JsonNode? node) => new JsonRedaction(this, null).Run(node);

    /// <summary>As <see cref="Redact(JsonNode)"/>, with the places.</summary>
    public JsonRedactionResult Scan(JsonNode? node)
    {
        var places = new List<RedactedPlace>();
        return new JsonRedactionResult(new JsonRedaction(this, places).Run(node), places);
    }

    internal string RedactNamed(string name, string value, JsonPath? path, List<RedactedPlace>? places)
    {
        if (Names.Of(name) != MemberMask.None)
        {
            return Erase(JsonRedaction.FieldRule, value, path, places);
        }

        var redacted = Redact(value, path, places);
        return ReferenceEquals(redacted, value) && NamedContext.Finds(_scanner, name, value, path) is { } rule ? Erase(rule, value, path, places) : redacted;
    }

    /// <summary>Erases a text whole, unless it is empty or a marker already.</summary>
    internal string Erase(string rule, string text, JsonPath? path, List<RedactedPlace>? places)
    {
        if (text.Length == 0 || RedactionMarker.IsOne(text))
        {
            return text;
        }

        var marker = RedactionMarker.Create(rule, text, _key);
        places?.Add(new RedactedPlace(path?.ToString() ?? string.Empty, rule, 0, marker.Length));
        Count(rule);
        return marker;
    }

    internal string Redact(string text, JsonPath? path, List<RedactedPlace>? places)
    {
        try
        {
            if (_scanner.Find(text, path) is not { } found)
            {
                return text;
            }

            // What is left may be told from text only now that its neighbour is gone; a result in which nothing is found any more is stable by itself.
            var edit = new TextEdit(text, _key);
            for (var round = 0; edit.Apply(found); round++)
            {
                if (round == MaxRounds)
                {
                    return Erase(TimeoutRule, text, path, places);
                }

                if (_scanner.Find(edit.Text, path) is not { } further)
                {
                    break;
                }

                found = further;
            }

            foreach (var (rule, offset, length) in edit.Markers)
            {
                places?.Add(new RedactedPlace(path?.ToString() ?? string.Empty, rule, offset, length));
                Count(rule);
            }

            return edit.Text;
        }
        catch (RegexMatchTimeoutException)
        {
            Interlocked.Increment(ref _timeouts);
            RedactionMeter.TimedOut();
            return Erase(TimeoutRule, text, path, places);
        }
    }

    private void Count(string rule)
    {
        Interlocked.Increment(ref _erased);
        RedactionMeter.Erased(rule);
    }
}
