namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Packs float samples whose values have few decimal places, as counters and most gauges do, by the plan made for them.</summary>
/// <remarks>
/// Body: a byte (bits 0–2 places, bit 3 set for order 2), a byte each of the narrow and wide width, the first value and the usual step as zigzag varints, then bits.
/// A sample is <c>0</c> when its distance in time and its value are as predicted; <c>10</c> and a residual when only the distance is; else <c>11</c>, a change of distance (<c>0</c>,
/// <c>10</c>, <c>110</c> and 7, 14, 20 bits as in <see cref="XorEncoder"/>, or <c>111</c> and 64), and <c>0</c>, or <c>1</c> and a residual. A residual is <c>0</c> and narrow bits,
/// <c>10</c> and wide bits, or <c>11</c> and 64.
/// </remarks>
internal static class DecimalEncoder
{
    public static void Append(ref ByteAppender blob, DecimalPlan plan, ReadOnlySpan<long> times)
    {
        blob.Byte((byte)(plan.Places | (plan.Order == 2 ? 8 : 0)));
        blob.Byte((byte)plan.Narrow);
        blob.Byte((byte)plan.Wide);
        blob.Signed(plan.First);
        blob.Signed(plan.Step);
        var data = new byte[64];
        var bits = 0;
        var delta = 0L;
        for (var index = 1; index < times.Length; index++)
        {
            var moved = unchecked(times[index] - times[index - 1]);
            var change = unchecked(moved - delta);
            delta = moved;
            var residual = plan.Residuals[index - 1];
            if (change != 0)
            {
                BitWriter.Write(ref data, ref bits, 0b11, 2);
                WriteChange(ref data, ref bits, change);
                BitWriter.Write(ref data, ref bits, residual == 0 ? 0UL : 1, 1);
            }
            else
            {
                BitWriter.Write(ref data, ref bits, residual == 0 ? 0UL : 0b10, residual == 0 ? 1 : 2);
            }

            if (residual != 0)
            {
                WriteResidual(ref data, ref bits, plan, residual);
            }
        }

        blob.Bytes(data.AsSpan(0, (bits + 7) / 8));
    }

    private static void WriteChange(ref byte[] data, ref int bits, long change)
    {
        ReadOnlySpan<int> classes = [XorEncoder.SmallBits, XorEncoder.MediumBits, XorEncoder.LargeBits];
        for (var index = 0; index < classes.Length; index++)
        {
            var bias = XorEncoder.Bias(classes[index]);
            if (change >= -bias && change <= bias + 1)
            {
                BitWriter.Write(ref data, ref bits, (2UL << index) - 2, index + 1);
                BitWriter.Write(ref data, ref bits, (ulong)(change + bias), classes[index]);
                return;
            }
        }

        BitWriter.Write(ref data, ref bits, 0b111, 3);
        BitWriter.Write(ref data, ref bits, unchecked((ulong)change), 64);
    }

    private static void WriteResidual(ref byte[] data, ref int bits, DecimalPlan plan, ulong residual)
    {
        if (residual >> plan.Narrow == 0)
        {
            BitWriter.Write(ref data, ref bits, residual, plan.Narrow + 1);
        }
        else if (residual >> plan.Wide == 0)
        {
            BitWriter.Write(ref data, ref bits, 0b10, 2);
            BitWriter.Write(ref data, ref bits, residual, plan.Wide);
        }
        else
        {
            BitWriter.Write(ref data, ref bits, 0b11, 2);
            BitWriter.Write(ref data, ref bits, residual, 64);
        }
    }
}
