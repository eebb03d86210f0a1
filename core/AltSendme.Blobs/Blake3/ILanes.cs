namespace AltSendme.Blobs.Blake3;

/// <summary>
/// What <see cref="LaneKernel{TVector, TLanes, TNarrower}"/> needs of a vector instruction set. A vector has one 32-bit word for each of its lanes; four lanes make a quad of 128 bits.
/// </summary>
/// <typeparam name="TVector">The register.</typeparam>
internal interface ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Whether this processor has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Whether there are more registers than the sixteen that the state needs, so that all of it can stay there while it is worked on.</summary>
    static abstract bool HoldsState { get; }

    /// <summary>The same word in every lane.</summary>
    static abstract TVector Broadcast(uint word);

    /// <summary>Lane by lane.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>Lane by lane.</summary>
    static abstract TVector Xor(TVector left, TVector right);

    /// <summary>Each lane by 16 bits.</summary>
    static abstract TVector RotateRight16(TVector value);

    /// <summary>Each lane by 12 bits.</summary>
    static abstract TVector RotateRight12(TVector value);

    /// <summary>Each lane by 8 bits.</summary>
    static abstract TVector RotateRight8(TVector value);

    /// <summary>Each lane by 7 bits.</summary>
    static abstract TVector RotateRight7(TVector value);

    /// <summary>Reads quad q from the 16 bytes at <paramref name="source"/> + q * <paramref name="stride"/>.</summary>
    static abstract TVector Load(ref byte source, nint stride);

    /// <summary>Writes quad q to the 16 bytes at <paramref name="destination"/> + q * <paramref name="stride"/>.</summary>
    static abstract void Store(TVector value, ref byte destination, nint stride);

    /// <summary>Asks for the cache line at <paramref name="address"/>, which will be read soon. Any address is allowed.</summary>
    static abstract unsafe void Prefetch(byte* address);

    /// <summary>In each quad the words 0 and 1 of both: left 0, right 0, left 1, right 1.</summary>
    static abstract TVector ZipLow(TVector left, TVector right);

    /// <summary>In each quad the words 2 and 3 of both: left 2, right 2, left 3, right 3.</summary>
    static abstract TVector ZipHigh(TVector left, TVector right);

    /// <summary>In each quad the lower halves: left 0, left 1, right 0, right 1.</summary>
    static abstract TVector JoinLow(TVector left, TVector right);

    /// <summary>In each quad the upper halves: left 2, left 3, right 2, right 3.</summary>
    static abstract TVector JoinHigh(TVector left, TVector right);
}
