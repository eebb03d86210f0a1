namespace AltSendme.Blobs.Blake3;

/// <summary>What all nodes of one tree share: the key and the bits of the mode.</summary>
internal readonly ref struct TreeMode
{
    /// <summary>Makes the mode of <paramref name="key"/>, which stays the caller's.</summary>
    public TreeMode(ReadOnlySpan<uint> key, NodeFlags flags)
    {
        Key = key;
        Flags = flags;
    }

    /// <summary>The plain hash.</summary>
    public static TreeMode Hash => new(Parameters.InitialValue, NodeFlags.None);

    /// <summary>Eight words.</summary>
    public ReadOnlySpan<uint> Key { get; }

    /// <summary>Set in every compression.</summary>
    public NodeFlags Flags { get; }
}
