using System.Globalization;
using System.Text;

namespace Signalbox.Jobs.Bench;

/// <summary>Makes the tables that Quartz.NET's ADO job store expects, from the names and types of their columns.</summary>
/// <remarks>Source: https://www.quartz-scheduler.net/documentation/quartz-3.x/tutorial/job-stores.html</remarks>
internal static class QuartzSchema
{
    private const string Scheduler = "sched_name:t!";

    /// <summary>Columns are name:type, type t(ext), i(nteger), l(ong), b(oolean), y (bytes); <c>!</c> marks the primary key.</summary>
    private static readonly (string Table, string Columns)[] Tables =
    [
        ("job_details", $"{Scheduler} job_name:t! job_group:t! description:t job_class_name:t is_durable:b is_nonconcurrent:b is_update_data:b requests_recovery:b job_data:y"),
        ("triggers", $"{Scheduler} trigger_name:t! trigger_group:t! job_name:t job_group:t description:t next_fire_time:l prev_fire_time:l priority:i trigger_state:t trigger_type:t start_time:l end_time:l calendar_name:t misfire_instr:i misfire_orig_fire_time:l execution_group:t preferred_node:t preferred_node_auto:b job_data:y"),
        ("simple_triggers", $"{Scheduler} trigger_name:t! trigger_group:t! repeat_count:l repeat_interval:l times_triggered:l"),
        ("simprop_triggers", $"{Scheduler} trigger_name:t! trigger_group:t! str_prop_1:t str_prop_2:t str_prop_3:t int_prop_1:i int_prop_2:i long_prop_1:l long_prop_2:l dec_prop_1:l dec_prop_2:l bool_prop_1:b bool_prop_2:b time_zone_id:t"),
        ("cron_triggers", $"{Scheduler} trigger_name:t! trigger_group:t! cron_expression:t time_zone_id:t"),
        ("blob_triggers", $"{Scheduler} trigger_name:t! trigger_group:t! blob_data:y"),
        ("calendars", $"{Scheduler} calendar_name:t! calendar:y"),
        ("paused_trigger_grps", $"{Scheduler} trigger_group:t!"),
        ("fired_triggers", $"{Scheduler} entry_id:t! trigger_name:t trigger_group:t instance_name:t fired_time:l sched_time:l priority:i state:t job_name:t job_group:t is_nonconcurrent:b requests_recovery:b execution_group:t"),
        ("scheduler_state", $"{Scheduler} instance_name:t! last_checkin_time:l checkin_interval:l"),
        ("locks", $"{Scheduler} lock_name:t!"),
    ];

    /// <summary>Table and columns of the indexes that Quartz.NET's own scripts create for acquiring and misfires.</summary>
    private static readonly (string Table, string Columns)[] Indexes =
    [
        ("job_details", "sched_name, requests_recovery"), ("triggers", "sched_name, next_fire_time"), ("triggers", "sched_name, trigger_state"),
        ("triggers", "sched_name, trigger_state, next_fire_time"), ("triggers", "sched_name, trigger_group, trigger_name"), ("triggers", "sched_name, job_name, job_group"),
        ("fired_triggers", "sched_name, trigger_name, trigger_group"), ("fired_triggers", "sched_name, instance_name"), ("fired_triggers", "sched_name, job_name, job_group"),
    ];

    public static string Sql(bool sqlite)
    {
        var sql = new StringBuilder();
        foreach (var (table, columns) in Tables)
        {
            var parts = columns.Split(' ').Select(static column => column.Split(':')).ToList();
            var lines = parts.Select(part => $"{part[0]} {TypeOf(part[1][0], sqlite)}{(part[1].EndsWith('!') ? " NOT NULL" : " NULL")}");
            var key = string.Join(", ", parts.Where(static part => part[1].EndsWith('!')).Select(static part => part[0]));
            sql.AppendLine(CultureInfo.InvariantCulture, $"CREATE TABLE qrtz_{table} ({string.Join(", ", lines)}, PRIMARY KEY ({key}));");
        }

        for (var index = 0; index < Indexes.Length; index++)
        {
            sql.AppendLine(CultureInfo.InvariantCulture, $"CREATE INDEX idx_qrtz_{index} ON qrtz_{Indexes[index].Table} ({Indexes[index].Columns});");
        }

        return sql.ToString();
    }

    private static string TypeOf(char type, bool sqlite) => type switch
    {
        't' => "TEXT",
        'i' => "INTEGER",
        'l' => "BIGINT",
        'b' => sqlite ? "BIT" : "BOOL",
        'y' => sqlite ? "BLOB" : "BYTEA",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such type."),
    };
}
