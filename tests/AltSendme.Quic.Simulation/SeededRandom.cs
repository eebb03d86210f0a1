using System.Buffers.Binary;

namespace AltSendme.Quic.Simulation;

/// <summary>Chance that a seed decides (SplitMix64): a run with the same seed is the same run.</summary>
internal sealed class SeededRandom(ulong seed) : RandomSource
{
    private ulong _state = seed;

    /// <inheritdoc />
    public override void Fill(Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, NextWord());
            var count = Math.Min(destination.Length, word.Length);
            word[..count].CopyTo(destination);
            destination = destination[count..];
        }
    }

    /// <summary>A number from 0 to 1, 1 left out.</summary>
    public double NextDouble() => (NextWord() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Whether something of this probability happens.</summary>
    public bool Chance(double probability) => probability > 0 && NextDouble() < probability;

    /// <summary>64 bits.</summary>
    public ulong NextWord()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
