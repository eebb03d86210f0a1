namespace AltSendme.Core.Tickets;

/// <summary>What the root of a ticket is the hash of. The numbers are those on the wire.</summary>
public enum BlobFormat
{
    /// <summary>One blob: the bytes themselves.</summary>
    Raw = 0,

    /// <summary>A list of hashes, the first of which is a collection's metadata: several files with names.</summary>
    HashSequence = 1,
}
