namespace AltSendme.Blobs.Blake3;

/// <summary>The domain separation bits of a compression (BLAKE3 paper, table 3).</summary>
[Flags]
internal enum NodeFlags : uint
{
    /// <summary>A block inside a chunk, unkeyed.</summary>
    None = 0,

    /// <summary>First block of a chunk.</summary>
    ChunkStart = 1,

    /// <summary>Last block of a chunk.</summary>
    ChunkEnd = 2,

    /// <summary>A parent node.</summary>
    Parent = 4,

    /// <summary>Last compression of the root.</summary>
    Root = 8,

    /// <summary>Mode: keyed hash.</summary>
    KeyedHash = 16,

    /// <summary>Mode: hash of a key derivation's context string.</summary>
    DeriveKeyContext = 32,

    /// <summary>Mode: hash of a key derivation's key material.</summary>
    DeriveKeyMaterial = 64,
}
