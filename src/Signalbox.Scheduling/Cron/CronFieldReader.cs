using System.Globalization;

namespace Signalbox.Scheduling;

/// <summary>Reads one field: a list of values, ranges, steps, hashes and special days.</summary>
internal ref struct CronFieldReader
{
    private readonly CronFieldKind _kind;
    private readonly string _text;
    private readonly int _start;
    private readonly int _end;
    private readonly string _hashSeed;
    private readonly List<string> _items = [];
    private int _at;
    private ulong _bits;
    private bool _plain = true;
    private uint _daysBeforeLast;
    private bool _lastWorkday;
    private uint _nearestWorkdays;
    private ulong _nthWeekdays;
    private uint _lastWeekdays;

    private CronFieldReader(CronFieldKind kind, string text, Range range, string hashSeed)
    {
        _kind = kind;
        _text = text;
        _start = _at = range.Start.Value;
        _end = range.End.Value;
        _hashSeed = hashSeed;
    }

    private readonly char Current => _at < _end ? char.ToUpperInvariant(_text[_at]) : '\0';

    public static CronField Read(CronFieldKind kind, string text, Range range, string hashSeed)
    {
        var reader = new CronFieldReader(kind, text, range, hashSeed);
        do
        {
            reader.ReadItem();
        }
        while (reader.Take(','));

        if (reader._at < reader._end)
        {
            throw reader.Unexpected();
        }

        return new CronField
        {
            Kind = kind,
            Position = reader._start,
            Text = string.Join(',', reader._items),
            Bits = reader._bits,
            StartsWithStar = text[reader._start] is '*' or '?',
            IsPlain = reader._plain,
            DaysBeforeLast = reader._daysBeforeLast,
            LastWorkday = reader._lastWorkday,
            NearestWorkdays = reader._nearestWorkdays,
            NthWeekdays = reader._nthWeekdays,
            LastWeekdays = reader._lastWeekdays,
        };
    }

    private void ReadItem()
    {
        if (Take('*'))
        {
            var step = ReadStep();
            _plain = false;
            Add(_kind.Min, _kind.Max, step ?? 1);
            _items.Add(step is null ? "*" : string.Create(CultureInfo.InvariantCulture, $"*/{step}"));
        }
        else if (Current == '?')
        {
            ReadQuestionMark();
        }
        else if (Current == 'H')
        {
            _at++;
            ReadHash();
        }
        else if (Current == 'L' && _kind.IsDay)
        {
            ReadLast();
        }
        else
        {
            ReadRange();
        }
    }

    private void ReadQuestionMark()
    {
        if (!_kind.IsDay)
        {
            throw Wrong("'?' stands only in the fields day-of-month and day-of-week", _at);
        }

        if (_end - _start != 1)
        {
            throw Wrong("'?' stands alone in its field", _at);
        }

        _at++;
        _plain = false;
        Add(_kind.Min, _kind.Max, 1);
        _items.Add("*");
    }

    private void ReadHash()
    {
        var (from, to) = (_kind.Min, _kind.HashMax);
        var written = "H";
        if (Take('('))
        {
            var at = _at;
            from = ReadValue();
            Expect('-');
            to = ReadValue();
            Expect(')');
            if (from > to)
            {
                throw Wrong("the range of H goes up", at);
            }

            written = string.Create(CultureInfo.InvariantCulture, $"H({from}-{to})");
        }

        var stepAt = _at + 1;
        var step = ReadStep();
        if (step > to - from + 1)
        {
            throw Wrong($"the step {step} is larger than what H chooses from ({from}-{to})", stepAt);
        }

        _items.Add(step is null ? written : string.Create(CultureInfo.InvariantCulture, $"{written}/{step}"));
        var hash = StableHash.Of($"{_kind.Name} {_hashSeed}", 0);
        var first = from + (int)StableHash.Below(hash, step ?? (to - from + 1));
        _plain &= step is null;
        Add(first, step is null ? first : to, step ?? 1);
    }

    private void ReadLast()
    {
        var at = _at++;
        _plain = false;
        if (_kind == CronFieldKind.DayOfWeek)
        {
            throw Wrong("L alone says no weekday; write the last Friday of the month as FRIL or 5L", at);
        }

        if (Take('W'))
        {
            _lastWorkday = true;
            _items.Add("LW");
        }
        else if (Take('-'))
        {
            var number = _at;
            var days = ReadNumber();
            if (days > 30)
            {
                throw Wrong("at most 30 days lie before a month's last", number);
            }

            _daysBeforeLast |= 1u << days;
            _items.Add(days == 0 ? "L" : string.Create(CultureInfo.InvariantCulture, $"L-{days}"));
        }
        else
        {
            _daysBeforeLast |= 1;
            _items.Add("L");
        }
    }

    private void ReadRange()
    {
        var from = ReadValue();
        if (ReadSpecialDay(from))
        {
            return;
        }

        if (Take('-'))
        {
            var to = ReadValue();
            var step = ReadStep();
            _plain = false;
            _items.Add(string.Create(CultureInfo.InvariantCulture, $"{from}-{to}{(step is null ? "" : "/")}{step}"));
            Add(from == _kind.Max + 1 ? _kind.Min : from, to < from && from <= _kind.Max ? to + _kind.Size : from > _kind.Max && to > _kind.Max ? _kind.Min : to, step ?? 1);
        }
        else if (ReadStep() is { } step)
        {
            _plain = false;
            _items.Add(string.Create(CultureInfo.InvariantCulture, $"{from}/{step}"));
            Add(from, Math.Max(from, _kind.Max), step);
        }
        else
        {
            Add(from, from, 1);
            _items.Add(string.Create(CultureInfo.InvariantCulture, $"{(from > _kind.Max ? _kind.Min : from)}"));
        }
    }

    private bool ReadSpecialDay(int value)
    {
        if (_kind == CronFieldKind.DayOfMonth && Take('W'))
        {
            _nearestWorkdays |= 1u << value;
            _items.Add(string.Create(CultureInfo.InvariantCulture, $"{value}W"));
        }
        else if (_kind == CronFieldKind.DayOfWeek && Take('L'))
        {
            _lastWeekdays |= 1u << (value % 7);
            _items.Add(string.Create(CultureInfo.InvariantCulture, $"{value % 7}L"));
        }
        else if (_kind == CronFieldKind.DayOfWeek && Take('#'))
        {
            var number = _at;
            var nth = ReadNumber();
            if (nth is < 1 or > 5)
            {
                throw Wrong("a month has a weekday from 1 to 5 times", number);
            }

            _nthWeekdays |= 1UL << (((nth - 1) * 7) + (value % 7));
            _items.Add(string.Create(CultureInfo.InvariantCulture, $"{value % 7}#{nth}"));
        }
        else
        {
            return false;
        }

        _plain = false;
        return true;
    }

    /// <summary>Sets the bits of a range; what goes beyond the field's end begins again at its start.</summary>
    private void Add(int from, int to, int step)
    {
        for (var value = from; value <= to; value += step)
        {
            _bits |= 1UL << (value > _kind.Max ? value - _kind.Size : value);
        }
    }

    private int? ReadStep()
    {
        if (!Take('/'))
        {
            return null;
        }

        var at = _at;
        var step = ReadNumber();
        return step == 0 ? throw Wrong("a step is at least 1", at)
            : step > _kind.Size ? throw Wrong($"the step {step} is larger than the field ({_kind.Min}-{_kind.Max})", at)
            : step;
    }

    private int ReadValue()
    {
        var at = _at;
        if (!char.IsAsciiLetter(Current))
        {
            var number = ReadNumber();
            return number >= _kind.Min && number <= _kind.MaxWritten ? number : throw Wrong($"{number} is not from {_kind.Min} to {_kind.MaxWritten}", at);
        }

        if (_at + 3 <= _end)
        {
            for (var index = 0; index < _kind.Names.Length; index++)
            {
                if (string.Compare(_text, _at, _kind.Names[index], 0, 3, StringComparison.OrdinalIgnoreCase) == 0)
                {
                    _at += 3;
                    return index + _kind.FirstNamed;
                }
            }
        }

        throw _kind.Names.Length == 0 ? Unexpected() : Wrong($"'{Word()}' is not one of {string.Join(", ", _kind.Names)}", at);
    }

    private readonly string Word()
    {
        var end = _at;
        while (end < _end && char.IsAsciiLetter(_text[end]))
        {
            end++;
        }

        return _text[_at..end];
    }

    private int ReadNumber()
    {
        var at = _at;
        var number = 0;
        while (char.IsAsciiDigit(Current))
        {
            number = Math.Min((number * 10) + (Current - '0'), 99_999);
            _at++;
        }

        return _at == at ? throw Unexpected() : number;
    }

    private bool Take(char expected)
    {
        if (Current != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Take(expected))
        {
            throw Wrong($"'{expected}' is missing", _at);
        }
    }

    private readonly ScheduleSyntaxException Unexpected() =>
        _at < _end ? Wrong($"'{_text[_at]}' does not belong here", _at) : Wrong("a value is missing", _at);

    private readonly ScheduleSyntaxException Wrong(string what, int position) => new($"In the field {_kind.Name} {what}.", position);
}
