using Signalbox.Server.Platform;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Whether the log can be written just now, for those who have to say why an event was lost. Thread-safe.</summary>
internal sealed class SequencerState(Readiness readiness, ILogger<SequencerState> logger)
{
    private const string Part = "audit";
    private const string GapPart = "audit-gap";

    private volatile bool _isFailing;

    public bool IsFailing => _isFailing;

    public void Failed(Exception exception)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            logger.LogUnavailable(exception);
            readiness.Note(Part, "the audit log cannot be written; events wait");
        }
    }

    public void Succeeded()
    {
        if (_isFailing)
        {
            _isFailing = false;
            logger.LogAvailable();
            readiness.Note(Part, null);
        }
    }

    /// <param name="any">There are losses that no gap record tells of yet.</param>
    public void Lost(bool any) => readiness.Note(GapPart, any ? "audit events were dropped" : null);
}
