using System.Diagnostics.CodeAnalysis;

namespace AltSendme.Blobs.Collections;

/// <summary>
/// A blob that consists of hashes, 32 bytes each, of other blobs: its children. A request can ask for it and its children at once.
/// Keeps the bytes that it was parsed from; immutable.
/// </summary>
public sealed class HashSequence
{
    /// <summary>Hashes that a sequence may have unless a caller says otherwise: 32 MB of them, a million files.</summary>
    public const int DefaultLimit = 1_000_000;

    private HashSequence(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The sequence as a blob.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Number of hashes.</summary>
    public int Count => Bytes.Length / Hash.Length;

    /// <summary>The hash of child <paramref name="index"/>, from 0 on.</summary>
    public Hash this[int index] => new(Bytes.Span.Slice(index * Hash.Length, Hash.Length));

    /// <summary>Whether a blob of <paramref name="size"/> bytes could be a sequence of at most <paramref name="limit"/> hashes; to be asked before anything is made room for.</summary>
    /// <param name="size">Bytes, as stated by whoever sends them.</param>
    /// <param name="limit">Most hashes to accept.</param>
    /// <param name="reason">Why not.</param>
    public static bool IsPossibleSize(long size, int limit, [NotNullWhen(false)] out string? reason)
    {
        reason = size < 0 || size % Hash.Length != 0 ? $"A list of hashes has a multiple of {Hash.Length} bytes, not {size}."
            : size / Hash.Length > limit ? $"The list has {size / Hash.Length} hashes; at most {limit} are accepted."
            : null;
        return reason is null;
    }

    /// <summary>Takes the bytes of a blob; the caller no longer changes them.</summary>
    /// <param name="bytes">The blob.</param>
    /// <param name="limit">Most hashes to accept.</param>
    /// <param name="sequence">The sequence, when there is one.</param>
    /// <param name="reason">Why not, otherwise.</param>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, int limit, [NotNullWhen(true)] out HashSequence? sequence, [NotNullWhen(false)] out string? reason)
    {
        sequence = IsPossibleSize(bytes.Length, limit, out reason) ? new HashSequence(bytes) : null;
        return reason is null;
    }

    /// <summary>Makes a sequence of hashes.</summary>
    public static HashSequence FromHashes(ReadOnlySpan<Hash> hashes)
    {
        var bytes = new byte[checked(hashes.Length * Hash.Length)];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i].CopyTo(bytes.AsSpan(i * Hash.Length));
        return new HashSequence(bytes);
    }
}
