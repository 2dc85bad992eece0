namespace Signalbox.Server.Audit.Records;

/// <summary>How events become records.</summary>
internal static class RecordsFeature
{
    public static void AddAuditRecords(this IServiceCollection services) => services.AddSingleton<RecordWriter>();
}
