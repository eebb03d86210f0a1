namespace AltSendme.Blobs.Stores.Partial;

/// <summary>The kinds of writes of a partial store. Tests stop the store before any of them, as a killed process would.</summary>
internal enum StoreWrite
{
    /// <summary>A whole small file.</summary>
    SmallFile,

    /// <summary>Content of a large file.</summary>
    Data,

    /// <summary>Parents of a large file.</summary>
    Outboard,

    /// <summary>Marks of a large file.</summary>
    Bitmap,
}
