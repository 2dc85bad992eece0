using System.Text;
using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>The words and variables that this process was started with, byte for byte.</summary>
/// <remarks>
/// To the system they are bytes, for instance names of files from before UTF-8. .NET puts marks in the place of what is no UTF-8, and a command that got those
/// would look for files that are not there. Only Linux tells them; elsewhere the marks stay.
/// </remarks>
/// <param name="words">As in <c>/proc/self/cmdline</c>: each ends with a nought.</param>
/// <param name="variables">As in <c>/proc/self/environ</c>.</param>
internal sealed class OriginalTexts(byte[] words, byte[] variables)
{
    private const char Mark = '\uFFFD';

    private static readonly Lazy<OriginalTexts> OwnTexts = new(static () => new OriginalTexts(Read("/proc/self/cmdline"), Read("/proc/self/environ")));

    private readonly List<byte[]> _words = [.. Split(words).Where(static text => HasMark(Encoding.UTF8.GetString(text)))];
    private readonly List<(string Name, byte[] Text)> _variables = [.. Split(variables).Where(static text => text.Contains((byte)'=')).Select(static text => (NameOf(text), text))];

    /// <summary>Those of this process; read when first asked for.</summary>
    public static OriginalTexts Own => OwnTexts.Value;

    /// <summary>Whether .NET may have put a mark into it.</summary>
    public static bool HasMark(string text) => text.Contains(Mark, StringComparison.Ordinal);

    /// <param name="command">The last words of the command line, of which none with a mark were added.</param>
    public byte[][] WordsOf(IReadOnlyList<string> command)
    {
        var next = _words.Count - command.Count(HasMark);
        return [.. command.Select(word => HasMark(word) && next++ is var index and >= 0 && IsFormOf(word, _words[index]) ? _words[index] : Encoding.UTF8.GetBytes(word))];
    }

    /// <summary>One variable, or more when they differ in nothing but bytes that are no UTF-8.</summary>
    public IEnumerable<byte[]> VariablesOf(string name, string value)
    {
        var variable = $"{name}={value}";
        if (HasMark(variable))
        {
            byte[][] found = [.. _variables.Where(own => IsFormOf(name, own.Name) && (HasMark(name) || IsFormOf(variable, own.Text))).Select(static own => own.Text)];
            if (found.Length > 0)
            {
                return found;
            }
        }

        return [Encoding.UTF8.GetBytes(variable)];
    }

    /// <summary>How many marks stand for how many bytes differs between readers, so they are left out of the comparison.</summary>
    private static bool IsFormOf(string text, byte[] original) => IsFormOf(text, Encoding.UTF8.GetString(original));

    private static bool IsFormOf(string text, string original) => text.Replace($"{Mark}", string.Empty, StringComparison.Ordinal) == original.Replace($"{Mark}", string.Empty, StringComparison.Ordinal);

    private static string NameOf(byte[] variable) => Encoding.UTF8.GetString(variable.AsSpan(0, variable.AsSpan().IndexOf((byte)'=')));

    private static byte[] Read(string file) => KernelFile.Read(file, static text => text.ToArray()) ?? [];

    private static List<byte[]> Split(byte[] texts)
    {
        var all = new List<byte[]>();
        foreach (var range in texts.AsSpan().Split((byte)0))
        {
            all.Add(texts[range]);
        }

        return all;
    }
}
