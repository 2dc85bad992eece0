namespace Signalbox.PromQL.Syntax;

/// <summary>The modifiers between an operator and its right side.</summary>
internal sealed partial class Parser
{
    private (VectorMatching Matching, bool Explicit) ParseMatching(BinaryOperator op)
    {
        var matching = new VectorMatching
        {
            Cardinality = Operators.IsSet(op) ? MatchCardinality.ManyToMany : MatchCardinality.OneToOne,
        };
        var explicitly = false;
        if ((Current.IsWord("on") || Current.IsWord("ignoring")) && Following.Kind == TokenKind.LeftParen)
        {
            explicitly = true;
            matching.On = Take().IsWord("on");
            matching.Labels = ParseLabelNames("grouping");
            ParseGroup(op, matching);
        }

        while (Current.Kind == TokenKind.Word && Following.Kind == TokenKind.LeftParen
            && Current.Text.ToLowerInvariant() is "fill" or "fill_left" or "fill_right")
        {
            explicitly = true;
            ParseFill(op, matching);
        }

        return (matching, explicitly);
    }

    private void ParseGroup(BinaryOperator op, VectorMatching matching)
    {
        if (!Current.IsWord("group_left") && !Current.IsWord("group_right"))
        {
            return;
        }

        var word = Take();
        if (Operators.IsSet(op))
        {
            throw Fail(word, $"no grouping allowed for {StringText.Quote(Operators.Text(op))} operation");
        }

        matching.Cardinality = word.IsWord("group_left") ? MatchCardinality.ManyToOne : MatchCardinality.OneToMany;
        if (Current.Kind == TokenKind.LeftParen)
        {
            matching.Include = ParseLabelNames("grouping");
        }

        if (matching.On && matching.Include.FirstOrDefault(matching.Labels.Contains) is { } both)
        {
            throw Fail(word, $"label {StringText.Quote(both)} must not occur in ON and GROUP clause at once");
        }
    }

    private void ParseFill(BinaryOperator op, VectorMatching matching)
    {
        var word = Take();
        if (Operators.IsSet(op))
        {
            throw Fail(word, "filling in missing series not allowed for set operators");
        }

        Take();
        var negative = Current.Kind == TokenKind.Subtract;
        if (negative || Current.Kind == TokenKind.Add)
        {
            Take();
        }

        var token = Current.Kind is TokenKind.Number or TokenKind.Word ? Take() : throw Unexpected("fill modifier");
        if (!NumberText.TryParse(token.Text, out var value))
        {
            _index--;
            throw Unexpected("fill modifier");
        }

        Expect(TokenKind.RightParen, "fill modifier");
        value = negative ? -value : value;
        matching.FillLeft = word.IsWord("fill_right") ? matching.FillLeft : value;
        matching.FillRight = word.IsWord("fill_left") ? matching.FillRight : value;
    }
}
