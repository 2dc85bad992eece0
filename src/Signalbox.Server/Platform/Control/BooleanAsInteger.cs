using System.Data;
using System.Globalization;
using Dapper;

namespace Signalbox.Server.Platform.Control;

/// <summary>Booleans travel as the integers 0 and 1, which every database takes.</summary>
internal sealed class BooleanAsInteger : SqlMapper.TypeHandler<bool>
{
    public override void SetValue(IDbDataParameter parameter, bool value)
    {
        parameter.DbType = DbType.Int32;
        parameter.Value = value ? 1 : 0;
    }

    public override bool Parse(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0;
}
