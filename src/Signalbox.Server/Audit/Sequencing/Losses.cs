using System.Text.Json;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Counts the events that could not be kept until a gap record in the log says so.</summary>
/// <remarks>What no gap record could tell before the process ended is left in a file for the next start. Thread-safe.</remarks>
internal sealed class Losses(DataFolder folder, AuditMetrics metrics, TimeProvider clock, ILogger<Losses> logger)
{
    /// <summary>In the data folder.</summary>
    public const string FileName = "audit-losses.json";

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Reason), Loss> _untold = [];

    // Those of the file, each under its own id, so that a process that ends before it has removed the file makes no second gap record of them.
    private readonly List<Loss> _left = [];
    private bool _isFileThere;

    /// <summary>There are losses that no durable gap record tells of.</summary>
    public bool Any
    {
        get
        {
            lock (_gate)
            {
                return _untold.Count + _left.Count > 0;
            }
        }
    }

    public void Add(string tenant, string reason, long count)
    {
        metrics.Dropped(reason, count);
        var now = clock.GetUtcNow();
        if (Merge(new Loss(tenant, reason, count, now, now)))
        {
            // Once for each gap: a line for each event would be a second flood.
            logger.EventsBeingDropped(tenant, reason);
        }
    }

    /// <summary>Takes all losses out, to be written as gap records.</summary>
    public IReadOnlyList<Loss> TakeAll()
    {
        lock (_gate)
        {
            IReadOnlyList<Loss> all = [.. _left, .. _untold.Values];
            _left.Clear();
            _untold.Clear();
            return all;
        }
    }

    /// <summary>Puts one back that could not be told.</summary>
    public void PutBack(Loss loss)
    {
        if (loss.Id is null)
        {
            Merge(loss);
            return;
        }

        lock (_gate)
        {
            _left.Add(loss);
        }
    }

    /// <summary>Removes the file once all that it told of is in the log.</summary>
    public void Told()
    {
        lock (_gate)
        {
            if (!_isFileThere || _left.Count > 0)
            {
                return;
            }

            _isFileThere = false;
        }

        Delete();
    }

    /// <summary>Takes in what the process before this one could not tell.</summary>
    public void Load()
    {
        var file = folder.File(FileName);
        if (!File.Exists(file))
        {
            return;
        }

        try
        {
            foreach (var loss in JsonSerializer.Deserialize(File.ReadAllBytes(file), SequencingJson.Default.IReadOnlyListLoss) ?? [])
            {
                PutBack(loss with { Id = loss.Id ?? NewId() });
            }

            _isFileThere = true;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            logger.LossesUnreadable(exception, file);
        }
    }

    /// <summary>Leaves for the next start what was not told; removes what was.</summary>
    public void Save()
    {
        IReadOnlyList<Loss> all;
        lock (_gate)
        {
            all = [.. _left, .. _untold.Values.Select(loss => loss with { Id = NewId() })];
        }

        foreach (var loss in all)
        {
            logger.EventsDropped(loss.Count, loss.Tenant, loss.Reason);
        }

        if (all.Count == 0)
        {
            Delete();
            return;
        }

        var file = folder.File(FileName);
        try
        {
            // In its place only when it is whole: half a file would say nothing at all.
            File.WriteAllBytes(file + ".new", JsonSerializer.SerializeToUtf8Bytes(all, SequencingJson.Default.IReadOnlyListLoss));
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LossesNotSaved(exception, file);
        }
    }

    private void Delete()
    {
        var file = folder.File(FileName);
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LossesNotSaved(exception, file);
        }
    }

    private string NewId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <returns>Whether it is the first of its tenant and reason since the last gap record.</returns>
    private bool Merge(Loss loss)
    {
        lock (_gate)
        {
            var key = (loss.Tenant, loss.Reason);
            var isFirst = !_untold.TryGetValue(key, out var before);
            _untold[key] = before?.And(loss) ?? loss;
            return isFirst;
        }
    }
}
