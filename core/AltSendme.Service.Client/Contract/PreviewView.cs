namespace AltSendme.Service.Client.Contract;

/// <summary>What a share holds, before anything of it is fetched. Names and sizes are proved by the ticket; what stands in <see cref="Stated"/> is only the sender's word.</summary>
public sealed record PreviewView
{
    /// <summary>Files listed at most.</summary>
    public const int MaxFiles = 10_000;

    /// <summary>The sender, short id.</summary>
    public required string Sender { get; init; }

    /// <summary>Root hash: what is received later is exactly this.</summary>
    public required string Hash { get; init; }

    /// <summary>Whether the share ends when somebody has everything.</summary>
    public bool OneTime { get; init; }

    /// <summary>When the ticket ends.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>How many files.</summary>
    public required int Files { get; init; }

    /// <summary>Their size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes that an earlier run left at the destination, verified.</summary>
    public long PresentBytes { get; init; }

    /// <summary>The files, at most <see cref="MaxFiles"/>.</summary>
    public IReadOnlyList<FileView> Names { get; init => field = value ?? []; } = [];

    /// <summary>Names that could not be used as they were sent, at most a hundred.</summary>
    public IReadOnlyList<ChangedNameView> ChangedNames { get; init => field = value ?? []; } = [];

    /// <summary>What the sender says about the share.</summary>
    public StatedView? Stated { get; init; }

    /// <summary>Whether the sender stated another size than the one that is proved.</summary>
    public bool Differs { get; init; }

    /// <summary>Where it would be received into.</summary>
    public required string Destination { get; init; }

    /// <summary>Free bytes there, where the file system tells.</summary>
    public long? FreeBytes { get; init; }
}

/// <summary>A file of a share.</summary>
/// <param name="Name">Relative path, made safe; may still hold characters that do not belong on a terminal.</param>
/// <param name="Bytes">Size.</param>
public sealed record FileView(string Name, long Bytes);

/// <summary>A name that was made safe.</summary>
/// <param name="From">The sender's name; escape it before showing it.</param>
/// <param name="To">The name in use.</param>
public sealed record ChangedNameView(string From, string To);

/// <summary>What a sender says: a stranger's words and pictures.</summary>
/// <param name="Name">Name of the file or folder, or of the first of several.</param>
/// <param name="Items">Files and folders at the top.</param>
/// <param name="Bytes">Size.</param>
/// <param name="MimeType">Type of a single file.</param>
/// <param name="Thumbnail">A <c>data:image/</c> URL.</param>
/// <param name="Names">What stands at the top.</param>
public sealed record StatedView(string Name, long Items, long Bytes, string? MimeType, string? Thumbnail, IReadOnlyList<StatedItemView> Names);

/// <summary>A file or folder at the top of a share, in the sender's words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Size.</param>
/// <param name="MimeType">Type.</param>
/// <param name="Thumbnail">A <c>data:image/</c> URL.</param>
public sealed record StatedItemView(string Name, long Bytes, string? MimeType, string? Thumbnail);
