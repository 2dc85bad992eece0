namespace Signalbox.PromQL.Syntax;

/// <summary>A part of a query's text.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset after its last character.</param>
public readonly record struct TextRange(int Start, int End)
{
    /// <summary>Line and column of the start, both from 1.</summary>
    public (int Line, int Column) LineAndColumn(string text)
    {
        var line = 1;
        var lineStart = 0;
        var end = Math.Min(Start, text.Length);
        for (var index = 0; index < end; index++)
        {
            if (text[index] == '\n')
            {
                line++;
                lineStart = index + 1;
            }
        }

        return (line, end - lineStart + 1);
    }
}
