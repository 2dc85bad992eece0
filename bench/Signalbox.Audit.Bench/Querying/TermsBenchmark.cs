using System.Globalization;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Search;

namespace Signalbox.Audit.Bench.Querying;

/// <summary>Times what the index costs each record before any database is asked.</summary>
internal static class TermsBenchmark
{
    private const int Rounds = 8;

    public static void Run()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var records = Enumerable.Range(0, EraShape.Default.Records).Select(static number => BenchEvent.Make(number)).Select(static made => new PreparedRecord(made.Id, LogBuilder.Tenant, made.TimeMs, made.Body())).ToArray();
        var terms = new ulong[RecordTerms.Most];
        for (var round = 0; round < Rounds; round++)
        {
            var start = TimeProvider.System.GetTimestamp();
            var count = records.Sum(record => RecordTerms.Of(record.Body, terms));
            var taking = TimeProvider.System.GetElapsedTime(start);

            start = TimeProvider.System.GetTimestamp();
            var view = records.Chunk(1000).Aggregate(EraView.Empty(0), static (view, batch) => view.With(EraIndex.Prepare(batch)));
            var joining = TimeProvider.System.GetElapsedTime(start);

            start = TimeProvider.System.GetTimestamp();
            var bytes = EraWriter.Rows(view, log: 1, EraShape.Default).Sum(static row => row.Length);
            var writing = TimeProvider.System.GetElapsedTime(start);

            start = TimeProvider.System.GetTimestamp();
            var found = new EraBits(EraShape.Default.Records);
            view.Find(terms[0], found);
            var finding = TimeProvider.System.GetElapsedTime(start);
            Console.WriteLine(
                $"terms {taking.TotalMicroseconds / records.Length:F2} µs a record ({(double)count / records.Length:F1} terms, {records.Average(static record => record.Body.Length):F0} bytes); with joining {joining.TotalMicroseconds / records.Length:F2} µs; writing an era {writing.TotalMilliseconds:F1} ms, {bytes / 1024} KiB; a term in memory {finding.TotalMicroseconds:F0} µs");
        }
    }
}
