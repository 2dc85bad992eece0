namespace Signalbox.Server.Platform.Control;

/// <summary>What an exception of any of the databases means, for those who do not know which one is in use.</summary>
internal static class ControlErrors
{
    private static readonly IControlDialect[] Dialects = [SqliteDialect.Instance, PostgreSqlDialect.Instance, MySqlDialect.Instance];

    public static bool IsDiskFull(Exception exception) => Dialects.Any(dialect => dialect.IsDiskFull(exception));

    public static bool IsUnfitText(Exception exception) => Dialects.Any(dialect => dialect.IsUnfitText(exception));

    public static bool IsTransient(Exception exception) => Dialects.Any(dialect => dialect.IsTransient(exception));
}
