namespace Signalbox.Scheduling;

/// <summary>The six fields of an expression.</summary>
internal sealed record CronFields(CronField Second, CronField Minute, CronField Hour, CronField DayOfMonth, CronField Month, CronField DayOfWeek)
{
    public override string ToString()
    {
        var five = $"{Minute.Text} {Hour.Text} {DayOfMonth.Text} {Month.Text} {DayOfWeek.Text}";
        return Second.Text == "0" ? five : $"{Second.Text} {five}";
    }
}
