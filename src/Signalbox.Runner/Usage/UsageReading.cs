using System.Globalization;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Usage;

/// <summary>Counts the tokens and the money of a run, and sets what was counted beside what the agent reports.</summary>
/// <remarks>
/// Tokens are counted message by message. The closing account of a session replaces what was counted since the one before; what no account covers, as after a run was cut off,
/// counts as counted. A new conversation, or another session, ends what an account may replace, so that nothing that was counted is lost.
/// </remarks>
internal sealed class UsageReading(PriceTable prices) : IRunReader
{
    /// <summary>Of the larger account; above it the difference is worth a warning.</summary>
    private const double NotableDifference = 0.05;

    private readonly MessageTokens _messages = new();
    private readonly ModelTally _counted = new();

    /// <summary>Counted since the last account, and what no account covers any more.</summary>
    private readonly ModelTally _open = new();
    private readonly ModelTally _uncovered = new();

    /// <summary>What was counted where an account tells of it, too.</summary>
    private readonly ModelTally _covered = new();

    /// <summary>The same two for money: tokens of which no account has told the cost.</summary>
    private readonly ModelTally _openUnpaid = new();
    private readonly ModelTally _unpaid = new();

    /// <summary>Of the accounts that no later one goes on from: tokens, costs, and costs by the accounts alone.</summary>
    private readonly ModelTally _settled = new();
    private readonly CostTally _settledCosts = new(prices);
    private readonly CostTally _settledReports = new(PriceTable.Empty);
    private long _settledTurns;
    private bool _anyAccount;

    private AgentAccount? _live;
    private string? _sessionId;
    private string? _sessionModel;
    private UsageSoFar? _soFar;

    /// <summary>Computed anew with each call; at most some hundred models.</summary>
    public UsageReport Report => Compute();

    /// <summary>Computed anew only after something was used.</summary>
    public UsageSoFar SoFar => _soFar ??= new UsageSoFar(
        _open.Total + _uncovered.Total + Reported().Total, Costs().Total, Math.Max(_messages.Turns, _settledTurns + (_live?.Turns ?? 0)));

    public void Take(RunFact fact)
    {
        switch (fact)
        {
            case AssistantSpoke spoke:
                _soFar = null;
                Count(spoke);
                break;
            case SessionStarted session:
                Begin(session);
                break;
            case ConversationReset:
                _soFar = null;
                Settle();
                LeaveOpen();
                break;
            case ResultReported result:
                _soFar = null;
                Close(result);
                break;
            default:
                break;
        }
    }

    /// <summary>What a reader of the account should know.</summary>
    public IReadOnlyList<WarningReport> Warnings()
    {
        var warnings = new List<WarningReport>();
        var reported = Reported().Total;
        if (reported > 0 && Math.Abs(_covered.Total - reported) > NotableDifference * Math.Max(_covered.Total, reported))
        {
            warnings.Add(new WarningReport("usage_differs", string.Create(
                CultureInfo.InvariantCulture,
                $"The messages of the agent add up to {_covered.Total} tokens, its closing account to {reported}. The account counts; the report lists the differences.")));
        }

        var costs = Costs();
        if (costs.Unpriced.Count > 0)
        {
            warnings.Add(new WarningReport(
                "cost_unknown",
                $"The cost of {string.Join(", ", costs.Unpriced)} is not known: the agent does not tell it and the section prices does not name the model."));
        }

        return warnings;
    }

    private void Count(AssistantSpoke spoke)
    {
        var (model, tokens) = _messages.Take(spoke, _sessionModel);
        if (tokens != ModelTokens.None)
        {
            _counted.Add(model, tokens);
            _open.Add(model, tokens);
            _openUnpaid.Add(model, tokens);
        }
    }

    private void Begin(SessionStarted session)
    {
        if (session.SessionId != _sessionId)
        {
            LeaveOpen();
            _sessionId = session.SessionId;
        }

        _sessionModel = session.Model ?? _sessionModel;
    }

    private void Close(ResultReported result)
    {
        var account = AgentAccount.Of(result);
        if (result is { Models.Count: 0, Usage: { } usage } && _open.Total == 0)
        {
            // An agent that tells of no single message.
            Count(new AssistantSpoke { At = result.At, Line = result.Line, Usage = usage });
        }

        if (account.Models.Count == 0 && account.CostUsd is null)
        {
            // Tells nothing of tokens or money, so what was counted stays open for the next one.
            return;
        }

        var countedSince = _open.Used.Sum(static model => model.Value.Total - model.Value.Output);
        if (_live is not null && !account.Continues(_live, countedSince))
        {
            Settle();
        }

        if (account.Models.Count > 0)
        {
            _open.MoveTo(_covered);
            _anyAccount = true;
        }
        else if (_live is not null)
        {
            account = account with { Models = _live.Models };
        }

        _openUnpaid.Clear();
        _live = account;
    }

    private void Settle()
    {
        if (_live is not null)
        {
            AddTo(_settled, _live);
            _settledCosts.Add(_live);
            _settledReports.Add(_live);
            _settledTurns += _live.Turns;
            _live = null;
        }
    }

    private void LeaveOpen()
    {
        _open.MoveTo(_uncovered);
        _openUnpaid.MoveTo(_unpaid);
    }

    private static void AddTo(ModelTally tally, AgentAccount account)
    {
        foreach (var model in account.Models)
        {
            tally.Add(model.Model, model.Tokens);
        }
    }

    private ModelTally Reported()
    {
        var reported = new ModelTally();
        reported.Add(_settled);
        if (_live is not null)
        {
            AddTo(reported, _live);
        }

        return reported;
    }

    private CostTally Costs()
    {
        var costs = new CostTally(_settledCosts);
        if (_live is not null)
        {
            costs.Add(_live);
        }

        costs.Add(_unpaid);
        costs.Add(_openUnpaid);
        return costs;
    }

    private CostTally ReportedCosts()
    {
        var costs = new CostTally(_settledReports);
        if (_live is not null)
        {
            costs.Add(_live);
        }

        return costs;
    }

    private UsageReport Compute()
    {
        var costs = Costs();
        var reported = Reported();
        var total = new ModelTally();
        total.Add(reported);
        total.Add(_uncovered);
        total.Add(_open);
        return new UsageReport
        {
            Models = Rows(total, costs.Of),
            TotalTokens = total.Total,
            CostUsd = (double?)costs.Total,
            CostSource = costs.Source,
            CacheHits = _messages.CacheHits,
            Messages = _messages.Messages,
            Reconciliation = Reconcile(reported),
        };
    }

    private ReconciliationReport Reconcile(ModelTally reported)
    {
        var names = reported.Used.Concat(_covered.Used).Select(static model => model.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var differences =
            from model in names
            from kind in ModelTokens.Kinds
            let counted = ModelTokens.Of(_covered[model], kind)
            let told = ModelTokens.Of(reported[model], kind)
            where counted != told
            select new UsageDifference(model, kind, counted, told);
        var list = _anyAccount ? differences.ToList() : [];
        return new ReconciliationReport
        {
            Agrees = _anyAccount ? list.Count == 0 : null,
            Counted = Rows(_counted, static _ => null),
            Reported = _anyAccount ? Rows(reported, ReportedCosts().Of) : [],
            Differences = list,
        };
    }

    private static List<ModelUsageReport> Rows(ModelTally tally, Func<string, decimal?> costOf) =>
    [
        .. tally.Used.Select(model => new ModelUsageReport(
            model.Key,
            Math.Max(model.Value.Input, 0),
            Math.Max(model.Value.Output, 0),
            Math.Max(model.Value.CacheRead, 0),
            Math.Max(model.Value.CacheCreation, 0),
            (double?)costOf(model.Key))),
    ];
}
