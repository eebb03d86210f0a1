namespace AltSendme.Quic.Tests.Tls;

/// <summary>Small random damage, as a fuzzer does it: bits, bytes, lengths, pieces left out, doubled or taken from elsewhere.</summary>
internal static class Mutation
{
    private static readonly byte[] Interesting = [0x00, 0x01, 0x02, 0x03, 0x04, 0x20, 0x40, 0x41, 0x7f, 0x80, 0xfe, 0xff];

    /// <summary>Writes a damaged copy of <paramref name="source"/> and returns its length; at most as long as <paramref name="destination"/>.</summary>
    public static int Of(ReadOnlySpan<byte> source, ReadOnlySpan<byte> donor, Random random, Span<byte> destination)
    {
        source.CopyTo(destination);
        var length = source.Length;
        for (var rounds = 1 + random.Next(4); rounds > 0; rounds--)
            length = Damage(destination, length, donor, random);
        return length;
    }

    private static int Damage(Span<byte> bytes, int length, ReadOnlySpan<byte> donor, Random random)
    {
        var at = random.Next(length + 1);
        var count = Math.Min(1 + random.Next(8), length - at);
        switch (random.Next(8))
        {
            case 0 when at < length:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return length;
            case 1 when at < length:
                bytes[at] = Interesting[random.Next(Interesting.Length)];
                return length;
            case 2 when at < length:
                bytes[at] += (byte)(random.Next(2) == 0 ? 1 : 255);
                return length;
            case 3:
                return at;
            case 4:
                bytes[(at + count)..length].CopyTo(bytes[at..]);
                return length - count;
            case 5 when length + count <= bytes.Length:
                bytes[at..length].CopyTo(bytes[(at + count)..]);
                return length + count;
            case 6 when donor.Length > 0:
                var from = random.Next(donor.Length);
                var taken = Math.Min(Math.Min(1 + random.Next(32), donor.Length - from), bytes.Length - at);
                donor.Slice(from, taken).CopyTo(bytes[at..]);
                return Math.Max(length, at + taken);
            default:
                random.NextBytes(bytes.Slice(at, count));
                return length;
        }
    }
}
